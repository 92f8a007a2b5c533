"""Lines that sell, share, follow or navigate: part of the page, not of what it reports."""

from __future__ import annotations

import re

from firsthand.read.phrases import any_of

_PLATFORM = any_of(
    "youtube",
    "facebook",
    "twitter",
    r"x\.com",
    "instagram",
    "telegram",
    "whatsapp",
    "tiktok",
    "linkedin",
    "mastodon",
    "bluesky",
    "threads",
    "rumble",
    "bitchute",
    "odysee",
    "soundcloud",
    "spotify",
    "itunes",
    "apple podcasts?",
    "google (?:news|podcasts?|play)",
    "app store",
    "patreon",
    "paypal",
    "substack",
    "reddit",
    "pinterest",
    "e-?mail",
    "rss",
    "messenger",
    "vimeo",
    "discord",
)
"""Services that carry many outlets' channels; none of them is an outlet."""
_POLITE = any_of("please ", "and ", "to ", "you can (?:also )?", "don[’']t forget to ")
_ASKS = any_of(
    r"subscribe (?:to|on|via|for|now|here|today)\b",
    r"sign up (?:for|to|here|now|today)\b",
    r"register (?:for our|here|now)\b",
    r"(?:follow|like|find|join|contact|e-?mail|reach|help|tip|text|connect with|write to|send) us\b",
    rf"(?:follow|join|like|find|watch|hear|listen to|reach|contact) (?:\S+ ){{1,6}}?(?:on|at|via) @?{_PLATFORM}\b",
    r"follow (?:\S+ ){0,4}@\w+",
    r"join (?:our|the conversation|the discussion|thousands|now|today)\b",
    r"support (?:us|our (?:work|journalism|reporting)|this (?:site|work)|the site|\S+ journalism)\b",
    r"support (?:independent|free|quality|local) (?:journalism|media|news|press|speech|reporting)\b",
    r"(?:donate|contribute) (?:to|now|here|today|via)\b",
    r"share (?:this|on|via)\b",
    r"download (?:our|the (?:\S+ )?app)\b",
    r"get (?:our|the|all|more|breaking|daily|weekly|news)\b.{0,60}\b(?:newsletter|inbox|alerts?|app|e-?mail)\b",
    r"(?:listen|watch) (?:to )?(?:our|more)\b",
    r"visit our (?:site|website|page|shop|store|channel)\b",
    r"stay (?:informed|up to date|connected|tuned|in touch)\b",
    r"become an? (?:\w+ )?(?:member|subscriber|patron|supporter|sponsor)\b",
    r"make a (?:\w+ )?(?:donation|contribution|gift)\b",
    "buy (?:us|me) a coffee",
    r"keep (?:us|our)\b",
)
_ALONE = any_of(
    "subscribe",
    "follow",
    "donate",
    "share",
    "tweet",
    "print",
    "e-?mail",
    "save",
    "comments?",
    "leave a (?:comment|reply)",
    "advertise(?:ment)?",
    "sponsored(?: content)?",
    "loading",
    "share this(?: article| story| post)?",
    "like this",
    "related(?: articles| stories| posts| topics| news| coverage)?",
    "tags",
    "topics",
    "more on this(?: story)?",
    "skip ad(?:vertisement)?",
    "read more",
    "read next",
    "most read",
    "you may also like",
    "comments are closed",
)
_LABELS = any_of(
    "read (?:more|also|next|on)",
    "see also",
    "also (?:read|see)",
    "related(?: articles?| stor(?:y|ies)| posts?| coverage)?",
    "more (?:on this|stories)",
    "must read",
    "recommended",
    "don['’]t miss",
    "watch(?: more| now| live| also)?",
    "listen(?: now)?",
    "in (?:pictures|video)",
    "tags",
    "tagged",
    "filed under",
    "categor(?:y|ies)",
    "topics?",
    "keywords",
)
_NAVIGATES = any_of(
    "story continues below",
    "article continues",
    "continue reading",
    "click (?:here|to)",
    "tap (?:here|to)",
    "scroll down",
    "read the full",
    "(?:view|see|show|hide|post|leave|load) (?:all |a |more )?comments?",
    r"\d+ comments?",
    "reprints? and permissions",
    "terms of (?:use|service)",
    "privacy policy",
    "cookies? (?:policy|settings|preferences)",
    "we use cookies",
    "this (?:site|website) uses",
    "by (?:clicking|subscribing|signing up)",
    "you must be logged",
    "you can unsubscribe",
    "log in to",
    r"\d+ (?:shares?|views?|likes?|min(?:utes?)? read)",
)
_BEGS = any_of(
    r"we (?:rely|depend) on (?:your|our readers)",
    "we need your",
    "your (?:support|donation|contribution|gift) (?:helps|keeps|is|makes)",
    r"if you (?:liked?|enjoy|enjoyed|value|found|appreciate)\b.{0,120}\b(?:subscrib|donat|shar|newsletter|contribut)",
    "thank you for (?:reading|your support)",
    "enjoyed? (?:this|what you)",
)
_LEGAL = any_of(
    "all rights reserved",
    "may not be (?:published|reproduced|copied|redistributed)",
    r"(?:the views|opinions) expressed\b.{0,120}\b(?:author|necessarily|own|do not)",
)
_PICTURE = any_of(
    "photo(?:graph)?s?", "images?", "pictures?", "cover", "featured image", "video", "illustration", "caption"
)
_OWN_LINE = re.compile(
    r"(?:https?://\S+|www\.\S+|@\w+|[\w.+-]{1,64}@[\w-]+\.[\w.]+|#\w+(?:\s+#\w+)*|[•·*|_=\-–—~.]{2,})", re.IGNORECASE
)
_RULE = re.compile(
    "|".join(
        (
            rf"^{_POLITE}?{_ASKS}[^.]{{0,160}}[.!…]?$",
            rf"^{_ALONE}\s*[:.…]*$",
            rf"^{_LABELS}\s*[:|»>–—]\s*.{{0,160}}$",
            rf"^{_NAVIGATES}\b.{{0,160}}$",
            rf"^{_BEGS}",
            rf"^\(?(?:file )?{_PICTURE}\s*(?:credits?|courtesy|source|by)?\s*[:©/|].{{1,160}}$",
            rf"^\(?(?:file )?{_PICTURE}\s+(?:by|via|courtesy(?: of)?)\s+[^.]{{2,80}}\)?$",
        )
    ),
    re.IGNORECASE,
)
_LEGAL_ANYWHERE = re.compile(rf"\b{_LEGAL}\b", re.IGNORECASE)
_HEADING = re.compile(r"^[^.!?]{2,80}:$")
_LONGEST = 300
_SPEECH = ("“", '"', "«", "„", "”")


def is_boilerplate(words: str) -> bool:
    """Whether a line sells, shares, follows or navigates.

    Args:
        words: One line without the white space around it.
    Returns:
        True only for short lines that begin as such lines do, and hold no quotation.

    >>> is_boilerplate("Subscribe to our newsletter"), is_boilerplate("Support for our troops fell on Friday.")
    (True, False)
    """
    if len(words) > _LONGEST or any(mark in words for mark in _SPEECH):
        return False
    if _OWN_LINE.fullmatch(words) or _LEGAL_ANYWHERE.search(words):
        return True
    return _RULE.match(words) is not None


def is_heading(words: str) -> bool:
    """Whether a line can head others: short, without a full stop, with a colon at its end."""
    return bool(_HEADING.match(words))
