"""What languages call themselves, for sources that only name a code."""

from __future__ import annotations

NAMES = {
    code: name.replace("_", " ")
    for code, name in (
        pair.split("=")
        for pair in """af=Afrikaans am=አማርኛ ar=العربية az=Azərbaycanca be=Беларуская bg=Български bn=বাংলা bs=Bosanski
        ca=Català cs=Čeština cy=Cymraeg da=Dansk de=Deutsch el=Ελληνικά en=English eo=Esperanto es=Español et=Eesti
        eu=Euskara fa=فارسی fi=Suomi fr=Français fy=Frysk ga=Gaeilge gd=Gàidhlig gl=Galego gu=ગુજરાતી he=עברית hi=हिन्दी
        hr=Hrvatski hu=Magyar hy=Հայերեն id=Indonesia is=Íslenska it=Italiano ja=日本語 ka=ქართული kk=Қазақша km=ខ្មែរ
        kn=ಕನ್ನಡ ko=한국어 la=Latina lb=Lëtzebuergesch lo=ລາວ lt=Lietuvių lv=Latviešu mk=Македонски ml=മലയാളം mn=Монгол
        mr=मराठी ms=Melayu mt=Malti my=မြန်မာ nb=Norsk_bokmål ne=नेपाली nl=Nederlands nn=Norsk_nynorsk no=Norsk oc=Occitan
        pa=ਪੰਜਾਬੀ pl=Polski ps=پښتو pt=Português rm=Rumantsch ro=Română ru=Русский si=සිංහල sk=Slovenčina sl=Slovenščina
        so=Soomaali sq=Shqip sr=Српски sv=Svenska sw=Kiswahili ta=தமிழ் te=తెలుగు th=ไทย tl=Tagalog tr=Türkçe
        uk=Українська ur=اردو uz=Oʻzbekcha vi=Tiếng_Việt yi=ייִדיש zh=中文""".split()
    )
}


def name_of(code: str) -> str:
    """The name of a language or of the one that a regional code (`de-at`) belongs to; the code for an unknown one."""
    return NAMES.get(code) or NAMES.get(code.partition("-")[0]) or code
