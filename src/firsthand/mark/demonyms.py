"""Words for people and things of a country: never places themselves, but telling of where a story plays."""

from __future__ import annotations

_TABLE = """
AD Andorran;AE Emirati;AF Afghan;AL Albanian;AM Armenian;AO Angolan;AR Argentine Argentinian;AT Austrian
AU Australian;AZ Azerbaijani Azeri;BA Bosnian;BB Barbadian;BD Bangladeshi;BE Belgian;BF Burkinabe;BG Bulgarian
BH Bahraini;BI Burundian;BJ Beninese;BN Bruneian;BO Bolivian;BR Brazilian;BS Bahamian;BT Bhutanese;BY Belarusian
BZ Belizean;CA Canadian;CD Congolese;CH Swiss;CI Ivorian;CL Chilean;CM Cameroonian;CN Chinese;CO Colombian;CR Rican
CU Cuban;CY Cypriot;CZ Czech;DE German;DJ Djiboutian;DK Danish Dane;DO Dominican;DZ Algerian
EC Ecuadorian Ecuadorean;EE Estonian;EG Egyptian;ER Eritrean;ES Spanish Spaniard Catalan;ET Ethiopian
FI Finnish Finn;FJ Fijian;FR French Frenchman;GA Gabonese;GB British Briton English Englishman Scottish Welsh
GE Georgian;GH Ghanaian;GM Gambian;GN Guinean;GR Greek;GT Guatemalan;GY Guyanese;HN Honduran;HR Croatian Croat
HT Haitian;HU Hungarian;ID Indonesian;IE Irish Irishman;IL Israeli;IN Indian;IQ Iraqi;IR Iranian;IS Icelandic
IT Italian;JM Jamaican;JO Jordanian;JP Japanese;KE Kenyan;KG Kyrgyz;KH Cambodian Khmer;KP Korean;KR Korean
KW Kuwaiti;KZ Kazakh;LA Laotian;LB Lebanese;LK Lankan Sinhalese;LR Liberian;LT Lithuanian;LU Luxembourgish
LV Latvian;LY Libyan;MA Moroccan;MC Monegasque;MD Moldovan;ME Montenegrin;MG Malagasy;MK Macedonian;ML Malian
MM Burmese;MN Mongolian;MR Mauritanian;MT Maltese;MV Maldivian;MW Malawian;MX Mexican;MY Malaysian;MZ Mozambican
NA Namibian;NG Nigerian;NI Nicaraguan;NL Dutch Dutchman;NO Norwegian;NP Nepalese Nepali;NZ Zealander;OM Omani
PA Panamanian;PE Peruvian;PG Papuan;PH Filipino Philippine;PK Pakistani;PL Polish Pole;PR Rican;PS Palestinian
PT Portuguese;PY Paraguayan;QA Qatari;RO Romanian;RS Serbian Serb;RU Russian;RW Rwandan;SA Saudi;SD Sudanese
SE Swedish Swede;SG Singaporean;SI Slovenian Slovene;SK Slovak;SL Leonean;SN Senegalese;SO Somali;SR Surinamese
SV Salvadoran Salvadorean Salvadorian;SY Syrian;TD Chadian;TG Togolese;TH Thai;TJ Tajik;TM Turkmen;TN Tunisian
TR Turkish Turk;TT Trinidadian;TW Taiwanese;TZ Tanzanian;UA Ukrainian;UG Ugandan;US American;UY Uruguayan;UZ Uzbek
VE Venezuelan;VN Vietnamese;XK Kosovar;YE Yemeni;ZA African;ZM Zambian;ZW Zimbabwean
"""
_AMBIGUOUS = frozenset("african africans korean koreans rican ricans pole poles finn dane".split())


def _forms(word: str) -> tuple[str, ...]:
    folded = word.lower()
    a_man = folded.endswith(("shman", "chman"))  # a Frenchman, not a German
    return folded, folded.removesuffix("man") + "men" if a_man else f"{folded}s"


COUNTRY_OF: dict[str, str] = {
    form: entry.split()[0]
    for entry in _TABLE.replace("\n", ";").split(";")
    if entry
    for word in entry.split()[1:]
    for form in _forms(word)
    if form not in _AMBIGUOUS
}
"""Demonym in lower case → ISO 3166-1 alpha-2. Words that two countries share or that mean other things are left out."""
