"""The English words that tell time, as tables: what a word is, and the number that it stands for."""

from __future__ import annotations

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
SHORT_MONTHS = frozenset(name for name in MONTHS if len(name) <= 4 and name not in ("may", "june", "july"))
MONTH_OR_WORD = frozenset({"may", "march", "mar", "jan", "jun", "sept", "sep"})
"""Months that are also words or names: alone they need a preposition or a number beside them to count as months."""

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thur thu", "friday fri", "saturday",
         "sunday"), 1,
    )
    for name in names.split()
}  # fmt: skip
PLURAL_WEEKDAYS = {f"{name}s": number for name, number in WEEKDAYS.items() if name.endswith("day")}

SEASONS = {"spring": "SP", "summer": "SU", "summertime": "SU", "springtime": "SP", "autumn": "FA", "fall": "FA",
           "winter": "WI", "wintertime": "WI"}  # fmt: skip

PARTS = {
    "morning": "MO", "mornings": "MO", "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "noon": "MI", "midday": "MI",
    "noontime": "MI", "lunchtime": "MI", "afternoon": "AF", "afternoons": "AF", "evening": "EV", "evenings": "EV",
    "dusk": "EV", "nightfall": "EV", "sunset": "EV", "night": "NI", "nights": "NI", "midnight": "NI", "overnight": "NI",
    "daytime": "DT", "nighttime": "NI", "predawn": "MO", "midmorning": "MO", "midafternoon": "AF",
}  # fmt: skip
"""Parts of the day by TIMEX3 code."""

UNITS = {
    "second": "S", "seconds": "S", "minute": "MI", "minutes": "MI", "hour": "H", "hours": "H", "hrs": "H", "hr": "H",
    "day": "D", "days": "D", "night": "N", "nights": "N", "week": "W", "weeks": "W", "fortnight": "2W", "weekend": "WE",
    "weekends": "WE", "month": "M", "months": "M", "quarter": "Q", "quarters": "Q", "semester": "6M", "year": "Y",
    "years": "Y", "yr": "Y", "yrs": "Y", "decade": "DE", "decades": "DE", "century": "CE", "centuries": "CE",
    "millennium": "ML", "millennia": "ML", "mins": "MI", "min": "MI", "fortnights": "2W",
}  # fmt: skip
PLURAL_UNITS = frozenset(word for word in UNITS if word.endswith("s") or word in ("centuries", "millennia"))

CARDINALS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: number * 10
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}  # fmt: skip
ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {"thirtieth": 30}
DECADE_WORDS = {
    word: number
    for number, word in enumerate("twenties thirties forties fifties sixties seventies eighties nineties".split(), 2)
}

VAGUE_COUNTS = frozenset("several few many some various numerous countless multiple couple dozens hundreds".split())
"""Counts that name no number: the value keeps X."""

TURNS_OF_DAY = frozenset("noon midday midnight dawn dusk daybreak nightfall sunrise sunset".split())
FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}

STAGES = {
    "early": "START", "beginning": "START", "start": "START", "opening": "START", "mid": "MID", "middle": "MID",
    "midst": "MID", "late": "END", "end": "END", "close": "END", "turn": "START", "rest": "END", "remainder": "END",
    "height": "MID", "outset": "START",
}  # fmt: skip
"""Which stretch of the whole is meant, as in TIMEX3 `mod`."""

PREVIOUS = frozenset("last past previous preceding prior".split())
FOLLOWING = frozenset("next following coming upcoming subsequent ensuing forthcoming".split())
SAME = frozenset("this that same current these those present".split())

BEFORE = frozenset("earlier before previously prior beforehand back".split())
AFTER = frozenset("later after afterwards afterward thereafter hence on".split())

PRESENT = {
    ("now",), ("right", "now"), ("currently",), ("nowadays",), ("at", "present"), ("at", "the", "moment"),
    ("the", "present"), ("the", "present", "day"), ("the", "present", "time"), ("the", "time", "being"),
    ("these", "days"), ("presently",), ("present", "day"), ("modern", "day"), ("at", "this", "time"),
    ("at", "this", "moment"), ("current",), ("to", "date"),
}  # fmt: skip
PAST = {
    ("recently",), ("recent",), ("lately",), ("the", "past"), ("long", "ago"), ("once", "upon", "a", "time"),
    ("the", "recent", "past"), ("the", "distant", "past"), ("not", "long", "ago"), ("formerly",),
    ("some", "time", "ago"), ("a", "long", "time", "ago"),
    ("recent", "days"), ("recent", "weeks"), ("recent", "months"), ("recent", "years"), ("recent", "times"),
    ("recent", "decades"), ("more", "recently"), ("most", "recently"),
}  # fmt: skip
FUTURE = {
    ("the", "future"), ("future",), ("the", "near", "future"), ("the", "foreseeable", "future"),
    ("the", "immediate", "future"),
    ("the", "coming", "future"), ("near", "future"),
}  # fmt: skip
PAST_IN_NARRATIVE = {("former",)}
"""Marked in histories only: TimeML's newswire leaves "former President" alone."""

ONLY_IN_NEWS = {("soon",): "FUTURE_REF", ("previously",): "PAST_REF"}
"""Marked in newswire (HeidelTime's word list, made on TimeBank, has them), left alone in WikiWars' histories."""

REFERENCES = (
    dict.fromkeys(PRESENT, "PRESENT_REF") | dict.fromkeys(PAST, "PAST_REF") | dict.fromkeys(FUTURE, "FUTURE_REF")
)

STORY_TIMES = frozenset(
    " ".join((which, word))
    for which in ("this", "that", "the same")
    for word in ("time", "period", "date", "era")
)  # fmt: skip
"""Point back at the running date of a history."""

ADVERB_SETS = {
    "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W", "fortnightly": "P2W", "monthly": "P1M",
    "bimonthly": "P2M", "quarterly": "P3M", "annual": "P1Y", "annually": "P1Y", "yearly": "P1Y", "hourly": "PT1H",
    "semiannual": "P6M", "semiannually": "P6M", "biannual": "P6M", "biennial": "P2Y", "everyday": "P1D",
}  # fmt: skip

FIXED_HOLIDAYS = {
    ("new", "year", "day"): (1, 1), ("new", "year", "eve"): (12, 31),
    ("christmas",): (12, 25), ("christmas", "day"): (12, 25), ("christmas", "eve"): (12, 24), ("xmas",): (12, 25),
    ("boxing", "day"): (12, 26), ("valentine", "day"): (2, 14), ("st", "patrick", "day"): (3, 17),
    ("may", "day"): (5, 1), ("independence", "day"): (7, 4), ("bastille", "day"): (7, 14), ("halloween",): (10, 31),
    ("veterans", "day"): (11, 11), ("armistice", "day"): (11, 11), ("all", "saints", "day"): (11, 1),
    ("all", "souls", "day"): (11, 2), ("april", "fools", "day"): (4, 1), ("fourth", "of", "july"): (7, 4),
    ("groundhog", "day"): (2, 2), ("earth", "day"): (4, 22), ("epiphany",): (1, 6), ("nowruz",): (3, 20),
    ("twelfth", "night"): (1, 5), ("anzac", "day"): (4, 25), ("guy", "fawkes", "night"): (11, 5),
}  # fmt: skip
NTH_WEEKDAY_HOLIDAYS = {
    ("thanksgiving",): (11, 4, 4), ("thanksgiving", "day"): (11, 4, 4), ("labor", "day"): (9, 1, 1),
    ("memorial", "day"): (5, 1, -1), ("martin", "luther", "king", "day"): (1, 1, 3), ("presidents", "day"): (2, 1, 3),
    ("columbus", "day"): (10, 1, 2), ("mother", "day"): (5, 7, 2), ("father", "day"): (6, 7, 3),
    ("super", "tuesday"): (0, 0, 0),
}  # fmt: skip
"""Month, ISO weekday, which one of the month (-1 the last). All zero: a day that no rule gives."""

EASTER_HOLIDAYS = {
    ("easter",): 0, ("easter", "sunday"): 0, ("easter", "monday"): 1, ("good", "friday"): -2, ("palm", "sunday"): -7,
    ("ash", "wednesday"): -46, ("holy", "thursday"): -3, ("pentecost",): 49, ("ascension", "day"): 39,
    ("holy", "week"): -7, ("holy", "saturday"): -1, ("maundy", "thursday"): -3,
}  # fmt: skip
"""Days from Easter Sunday."""

UNRESOLVED_HOLIDAYS = {("ramadan",), ("eid", "al", "fitr"), ("eid",), ("ashura",), ("passover",), ("yom", "kippur"),
                       ("rosh", "hashanah"), ("hanukkah",), ("diwali",),
                       ("lunar", "new", "year")}  # fmt: skip

ZONES = {
    "gmt": "Z", "utc": "Z", "est": "-05", "edt": "-04", "cst": "-06", "cdt": "-05", "mst": "-07", "mdt": "-06",
    "pst": "-08", "pdt": "-07", "cet": "+01", "cest": "+02", "bst": "+01", "et": "", "pt": "", "msk": "+03",
}  # fmt: skip

PREMODIFIERS = (
    "about", "around", "approximately", "roughly", "nearly", "almost", "over", "under", "some", "just", "only",
    "circa", "ca", "c", "exactly", "barely", "scarcely",
)  # fmt: skip
TWO_WORD_PREMODIFIERS = frozenset(
    {("more", "than"), ("less", "than"), ("at", "least"), ("at", "most"), ("up", "to"), ("no", "less"),
     ("close", "to"), ("as", "many"), ("not", "more"), ("fewer", "than")}
)  # fmt: skip
ABOUT = frozenset("about around approximately roughly some circa ca c nearly almost".split())

FUTURE_CUES = frozenset(
    "will would shall 'll won't scheduled planned plans plan due expected expects slated set intends upcoming should "
    "hopes going must may might begins starts opens resumes resume arrives departs expires forecast forecasts predict "
    "predicts".split()
)
PAST_CUES = frozenset(
    "was were had did said told took went came began broke fell rose shot held made met won lost left gave saw found "
    "led sent hit put set kept got became wrote spoke stood ran drew flew blew struck fought brought heard knew "
    "thought has have been".split()
) - {"set"}

DATE_PREPOSITIONS = frozenset("in on since until till by from during of before after through for to at last next this "
                              "between late early mid throughout and each every past around about".split())  # fmt: skip
