"""Words that tell names of places from other names."""

from __future__ import annotations

from importlib import resources

ORDINARY = frozenset((resources.files("firsthand.mark.places") / "ordinary_words.txt").read_text("utf-8").split())
"""Ordinary English words that are also names of places somewhere: SCOWL's small American list ∩ the shipped gazetteer's
one-word names, with function words, months and weekdays."""

BEFORE = frozenset(
    "in at near from to of outside around between across into toward towards through throughout inside within "
    "surrounding via off over downtown upstate suburban central northern southern eastern western northeastern "
    "northwestern southeastern southwestern north south east west northeast northwest southeast southwest rural "
    "greater nearby neighboring neighbouring mainland".split()
)
"""Words that stand before names of places."""

TITLES = frozenset(
    "mr mrs ms miss dr sir lord lady dame prof professor judge justice sgt cpl pvt lt capt captain maj major col "
    "colonel gen general adm admiral cmdr commander officer detective deputy sheriff chief sen senator rep "
    "representative gov governor president chancellor secretary minister ambassador congressman congresswoman "
    "councilman councilwoman mayor coach rev reverend father sister brother bishop pope cardinal king queen "
    "prince princess duke san attorney aide spokesman spokeswoman lawyer defendant actor actress singer author "
    "coroner patrolman trooper sheikh imam ayatollah jr monsignor msgr ing lic don dona doctor archbishop".split()
)
"""Words that stand before names of people."""

COURTESIES = frozenset(
    "mr mrs ms miss dr sir lord lady dame prof sgt cpl pvt lt capt maj col gen adm sen rep gov rev jr msgr".split()
)
"""Those of the titles that stand before a person's name only."""
PLACES_AND_PEOPLE = frozenset(
    "paris chelsea brooklyn florence victoria sydney austin dallas jackson savannah charlotte madison lourdes geneva "
    "israel jordan chad kenya india america georgia carolina virginia dakota montana phoenix lincoln houston orlando "
    "preston clifton milan sofia vienna alexandria adelaide regina logan kingston camden trenton denver cleveland "
    "bristol".split()
)
"""Given names that are places of some size too: "Paris Hilton", "Jordan Henderson"."""

ORGANISATION = frozenset(
    "university college school schools academy institute police council chamber hospital church times herald post "
    "news tribune gazette journal bank company corp corporation inc ltd group club association society foundation "
    "department agency authority commission committee board court fire library museum center centre district high "
    "elementary middle football soccer baseball basketball athletic united rovers wanderers tigers cowboys eagles "
    "red white sox giants convention tech state community medical clinic trust union bureau office press parish "
    "service services party congress senate house government ministry army navy task force daily observer sun "
    "star mail guardian international airlines motors theatre theater festival marathon cup league open "
    "championships bowl stadium".split()
)
"""Words that stand after a name in the name of an organisation, team or event."""

STREETS = frozenset(
    "street st road rd avenue ave drive dr lane ln boulevard blvd court ct circle way parkway pkwy highway hwy "
    "pike terrace place close crescent row turnpike expressway freeway trail alley".split()
)
FEATURES = frozenset(
    "county parish province district department governorate region state territory prefecture canton oblast river "
    "lake creek bay gulf sea ocean strait island islands isle mountain mountains mount valley desert peninsula "
    "cape forest park beach harbor harbour canyon city town village township borough airport base port camp "
    "prison square bridge heights hills springs falls point coast delta basin canal dam reservoir neighborhood "
    "neighbourhood suburb hamlet municipality colony counties".split()
)
"""Words for kinds of places: before "of NAME", or after NAME."""
PARTS_OF_TOWNS = frozenset(
    "neighborhood neighborhoods neighbourhood neighbourhoods suburb suburbs slum slums colonia colonias barrio barrios "
    "shantytown shantytowns favela".split()
)
"""Before or after NAME: a part of the town that the text tells of, wherever else a town is so called."""
FACILITIES = frozenset(
    "airport airfield airbase base embassy consulate prison jail camp port dam bridge refinery barracks garrison "
    "hospital stadium station cathedral mosque university headquarters seaport checkpoint".split()
)
"""Words that, after a town's name, make a site in or near it."""

NATURE = frozenset(
    "river lake creek bay valley island islands mountain mountains forest desert canyon beach park heights springs "
    "falls reservoir township county parish province peninsula harbor harbour hills".split()
)
"""Words that end the name of a place whatever stands before them."""
NEWSPAPERS = frozenset(
    "times post herald tribune gazette journal news star sun observer guardian mail globe chronicle dispatch register "
    "reporter independent telegraph enquirer examiner inquirer courier daily press".split()
)
"""Words that, after a town's name, make a newspaper."""
COMPASS = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern".split()
)
"""Alone they name no place, though somewhere there is a region or village so called ("Northern", "Central")."""
ARTICLES = frozenset("al el ash ad ar az adh ath".split())
"""Arabic articles, which may open a name in lower case: "al Qaim"."""
PARTICLES = frozenset("al el bin ibn abu van von der den ter bint ben".split())
"""Words inside names of people."""

SAYING = frozenset("said says told asked added wrote testified pleaded argued replied recalled noted explained".split())

FIRST_NAMES = frozenset(
    "aaron abdul abdullah adam adrian ahmad ahmed alan albert alberto alex alexander alexis alfred alfredo ali "
    "alice alicia alison allan allen amanda amber amy ana andrea andres andrew andy angela angelo anita ann anna "
    "anne annie anthony antonio april armando arnold arthur ashley barbara barry beatrice ben benjamin bernard "
    "beth betty bill billy bob bobby bonnie brad bradley brandon brenda brent brian bruce bryan caleb calvin "
    "cameron carl carla carlos carmen carol caroline carolyn carrie catherine cathy chad charlene charles charlie "
    "cheryl chris christian christina christine christopher cindy claire clara clarence claude clinton connie "
    "corey craig crystal curtis cynthia daisy dale dan dana daniel danny darren dave david dawn dean deborah "
    "debra dennis derek diana diane diego dolores don donald donna doris dorothy doug douglas duane dustin dylan "
    "earl ed eddie edgar edith eduardo edward edwin eileen elaine eleanor elena elizabeth ellen emily emma eric "
    "erica erik erin ernest ethan eugene eva evelyn fatima felipe felix fernando florence frances francis "
    "francisco frank fred frederick gabriel gail gary gavin gene george gerald gilbert gina glen glenn gloria "
    "gordon grace greg gregory guadalupe guillermo gustavo guy hannah harold harry harvey hassan heather hector "
    "heidi helen henry herbert herman hillary holly howard hugh hugo hussein ian ibrahim irene isaac ivan jack "
    "jackie jacob jaime jake james jamie jan jane janet janice jared jason javier jay jean jeff jeffrey jennifer "
    "jenny jeremy jerome jerry jesse jessica jesus jill jim jimmy joan joanna joe joel john johnny jon jonathan "
    "jorge jose joseph joshua josh joy joyce juan judith judy julia julian julie julio karen karl kate katherine "
    "kathleen kathryn kathy katie keith kelly ken kenneth kevin kim kimberly kirk kristen kristin kurt kyle larry "
    "laura lauren laurence lawrence leah lee leo leon leonard leroy leslie lewis liam linda lisa lloyd lois lori "
    "louis louise lucas lucia lucy luis luke lynn mahmoud manuel marc marcia marco marcus margaret maria marie "
    "marilyn mario marion marjorie mark marsha martha martin marvin mary matt matthew maurice max megan melanie "
    "melissa melvin michael michele michelle miguel mike mildred milton mitchell mohamed mohammad mohammed molly "
    "monica moses muhammad mustafa nancy naomi natalie nathan nathaniel neil nicholas nick nicole nina noah norma "
    "norman oliver olivia omar oscar pablo pamela pat patricia patrick patty paul paula pedro peggy penny perry "
    "pete peter phil philip phillip phyllis rachel rafael ralph ramon randall randy raul ray raymond rebecca "
    "renee ricardo rich richard rick ricky rita rob robert roberto robin rodney roger roland ron ronald ronnie "
    "rosa rose ross roy ruben ruby russell ruth ryan sally sam samantha samuel sandra sandy sara sarah scott sean "
    "sergio seth shane shannon sharon shawn sheila shelley sherry shirley simon sofia sonia sophia stacy stanley "
    "stella stephanie stephen steve steven stuart sue susan suzanne sylvia tamara tammy tanya tara ted teresa "
    "terrence terry thelma theodore theresa thomas tiffany tim timothy tina todd tom tommy toni tony tracy travis "
    "troy tyler tyrone valerie vanessa vera vernon veronica vicki victor victoria vincent viola violet virginia "
    "vivian vladimir wallace walter wanda warren wayne wendy wesley willard william willie wilma yolanda yusuf "
    "yvonne zachary".split()
)

ABBREVIATIONS: dict[str, tuple[str, str]] = {
    "Ala.": ("Alabama", "US"), "Ariz.": ("Arizona", "US"), "Ark.": ("Arkansas", "US"), "Calif.": ("California", "US"),
    "Cal.": ("California", "US"), "Colo.": ("Colorado", "US"), "Conn.": ("Connecticut", "US"),
    "Del.": ("Delaware", "US"), "Fla.": ("Florida", "US"), "Ga.": ("Georgia", "US"), "Ill.": ("Illinois", "US"),
    "Ind.": ("Indiana", "US"), "Kan.": ("Kansas", "US"), "Kans.": ("Kansas", "US"), "Ky.": ("Kentucky", "US"),
    "La.": ("Louisiana", "US"), "Md.": ("Maryland", "US"), "Mass.": ("Massachusetts", "US"),
    "Mich.": ("Michigan", "US"), "Minn.": ("Minnesota", "US"), "Miss.": ("Mississippi", "US"),
    "Mo.": ("Missouri", "US"), "Mont.": ("Montana", "US"), "Neb.": ("Nebraska", "US"), "Nev.": ("Nevada", "US"),
    "N.H.": ("New Hampshire", "US"), "N.J.": ("New Jersey", "US"), "N.M.": ("New Mexico", "US"),
    "N.Y.": ("New York", "US"), "N.C.": ("North Carolina", "US"), "N.D.": ("North Dakota", "US"),
    "Okla.": ("Oklahoma", "US"), "Ore.": ("Oregon", "US"), "Pa.": ("Pennsylvania", "US"),
    "R.I.": ("Rhode Island", "US"), "S.C.": ("South Carolina", "US"), "S.D.": ("South Dakota", "US"),
    "Tenn.": ("Tennessee", "US"), "Tex.": ("Texas", "US"), "Vt.": ("Vermont", "US"), "Va.": ("Virginia", "US"),
    "Wash.": ("Washington", "US"), "W.Va.": ("West Virginia", "US"), "W.V.": ("West Virginia", "US"),
    "Wis.": ("Wisconsin", "US"), "Wyo.": ("Wyoming", "US"), "D.C.": ("Washington, D.C.", "US"),
    "L.A.": ("Los Angeles", "US"), "N.Y.C.": ("New York City", "US"), "NYC": ("New York City", "US"),
    "B.C.": ("British Columbia", "CA"), "Alta.": ("Alberta", "CA"), "Sask.": ("Saskatchewan", "CA"),
    "Man.": ("Manitoba", "CA"), "Ont.": ("Ontario", "CA"), "Que.": ("Quebec", "CA"), "N.B.": ("New Brunswick", "CA"),
    "N.S.": ("Nova Scotia", "CA"), "P.E.I.": ("Prince Edward Island", "CA"),
    "N.W.T.": ("Northwest Territories", "CA"), "U.S.": ("United States", "US"), "U.S.A.": ("United States", "US"),
    "US": ("United States", "US"), "USA": ("United States", "US"), "U.K.": ("United Kingdom", "GB"),
    "UK": ("United Kingdom", "GB"), "UAE": ("United Arab Emirates", "AE"), "U.A.E.": ("United Arab Emirates", "AE"),
    "DRC": ("Democratic Republic of the Congo", "CD"), "USSR": ("Soviet Union", ""), "U.S.S.R.": ("Soviet Union", ""),
    "AL": ("Alabama", "US"), "AK": ("Alaska", "US"), "AZ": ("Arizona", "US"), "AR": ("Arkansas", "US"),
    "CA": ("California", "US"), "CO": ("Colorado", "US"), "CT": ("Connecticut", "US"), "DE": ("Delaware", "US"),
    "DC": ("Washington, D.C.", "US"), "FL": ("Florida", "US"), "GA": ("Georgia", "US"), "HI": ("Hawaii", "US"),
    "ID": ("Idaho", "US"), "IL": ("Illinois", "US"), "IN": ("Indiana", "US"), "IA": ("Iowa", "US"),
    "KS": ("Kansas", "US"), "KY": ("Kentucky", "US"), "LA": ("Louisiana", "US"), "ME": ("Maine", "US"),
    "MD": ("Maryland", "US"), "MA": ("Massachusetts", "US"), "MI": ("Michigan", "US"), "MN": ("Minnesota", "US"),
    "MS": ("Mississippi", "US"), "MO": ("Missouri", "US"), "MT": ("Montana", "US"), "NE": ("Nebraska", "US"),
    "NV": ("Nevada", "US"), "NH": ("New Hampshire", "US"), "NJ": ("New Jersey", "US"), "NM": ("New Mexico", "US"),
    "NY": ("New York", "US"), "NC": ("North Carolina", "US"), "ND": ("North Dakota", "US"), "OH": ("Ohio", "US"),
    "OK": ("Oklahoma", "US"), "OR": ("Oregon", "US"), "PA": ("Pennsylvania", "US"), "RI": ("Rhode Island", "US"),
    "SC": ("South Carolina", "US"), "SD": ("South Dakota", "US"), "TN": ("Tennessee", "US"), "TX": ("Texas", "US"),
    "UT": ("Utah", "US"), "VT": ("Vermont", "US"), "VA": ("Virginia", "US"), "WA": ("Washington", "US"),
    "WV": ("West Virginia", "US"), "WI": ("Wisconsin", "US"), "WY": ("Wyoming", "US"),
}  # fmt: skip
"""As printed → the name that the gazetteer has, and its country. Two bare letters count after a comma only."""
