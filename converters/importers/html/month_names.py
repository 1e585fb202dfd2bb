"""The names of months in the languages of blogs, and which month a word is.

Names are those of the CLDR (https://cldr.unicode.org/translation/date-time), both as they stand in a date and alone
where these differ. Words are compared without accents, and shortened ones are read: `févr.`, `Sept`, `янв`.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_NAMES = """
en January February March April May June July August September October November December
de Januar|Jänner Februar|Feber März|Mrz April Mai Juni Juli August September Oktober November Dezember
fr janvier février mars avril mai juin juillet août septembre octobre novembre décembre
es enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
pt janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
nl januari februari maart|mrt april mei juni juli augustus september oktober november december
sv januari februari mars april maj juni juli augusti september oktober november december
da januar februar marts april maj juni juli august september oktober november december
nb januar februar mars april mai juni juli august september oktober november desember
is janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember
fi tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta
   marraskuuta joulukuuta
et jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
lv janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris
lt sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
pl stycznia|styczeń lutego|luty marca|marzec kwietnia|kwiecień maja|maj czerwca|czerwiec lipca|lipiec
   sierpnia|sierpień września|wrzesień października|październik listopada|listopad grudnia|grudzień
cs ledna|leden února|únor března|březen dubna|duben května|květen června|červen července|červenec srpna|srpen
   září října|říjen listopadu|listopad prosince|prosinec
sk január februára|február marca|marec apríla|apríl mája|máj júna|jún júla|júl augusta|august septembra|september
   októbra|október novembra|november decembra|december
hu január február március április május június július augusztus szeptember október november december
ro ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie|noi decembrie
hr siječnja|siječanj veljače|veljača ožujka|ožujak travnja|travanj svibnja|svibanj lipnja|lipanj srpnja|srpanj
   kolovoza|kolovoz rujna|rujan listopada|listopad studenoga|studenog|studeni prosinca|prosinac
sl januar|januarja februar|februarja marec|marca april|aprila maj|maja junij|junija julij|julija avgust|avgusta
   september|septembra oktober|oktobra november|novembra december|decembra
sr јануар фебруар март април мај јун јул август септембар октобар новембар децембар
mk јануари февруари март април мај јуни јули август септември октомври ноември декември
bg януари февруари март април май юни юли август септември октомври ноември декември
ru января|январь февраля|февраль марта|март апреля|апрель мая|май июня|июнь июля|июль августа|август
   сентября|сентябрь октября|октябрь ноября|ноябрь декабря|декабрь
uk січня|січень лютого|лютий березня|березень квітня|квітень травня|травень червня|червень липня|липень
   серпня|серпень вересня|вересень жовтня|жовтень листопада|листопад грудня|грудень
be студзеня|студзень лютага|люты сакавіка|сакавік красавіка|красавік мая|май чэрвеня|чэрвень ліпеня|ліпень
   жніўня|жнівень верасня|верасень кастрычніка|кастрычнік лістапада|лістапад снежня|снежань
el Ιανουαρίου|Ιανουάριος Φεβρουαρίου|Φεβρουάριος Μαρτίου|Μάρτιος Απριλίου|Απρίλιος Μαΐου|Μάιος Ιουνίου|Ιούνιος
   Ιουλίου|Ιούλιος Αυγούστου|Αύγουστος Σεπτεμβρίου|Σεπτέμβριος Οκτωβρίου|Οκτώβριος Νοεμβρίου|Νοέμβριος
   Δεκεμβρίου|Δεκέμβριος
tr Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık
az yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr
sq janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor
ca gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
gl xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro
eu urtarrila|urtarrilaren otsaila|otsailaren martxoa|martxoaren apirila|apirilaren maiatza|maiatzaren ekaina|ekainaren
   uztaila|uztailaren abuztua|abuztuaren iraila|irailaren urria|urriaren azaroa|azaroaren abendua|abenduaren
id Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember
ms Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember
th มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม
ar يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
he ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
"""
_SHORTEST = 3
"""Letters of a shortened name."""


def month_of(word: str, language: str = "") -> int:
    """1 to 12 for the name of a month, whole or shortened; 0 for any other word.

    language: a code such as `hr` or `pt-BR`: some names are another month's next door (`listopad`). A word of another
    language is read where it is the same month in all that know it.
    """
    known = fold(word)
    own = _of_language(language.lower().replace("_", "-").partition("-")[0])
    return own.get(known) or _of_all().get(known, 0)


def fold(text: str) -> str:
    """In small letters and without accents, whose number of characters may be another one."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(sign for sign in decomposed if unicodedata.category(sign) != "Mn"))


@cache
def _table() -> dict[str, list[list[str]]]:
    """language -> for each month its names"""
    lines = _NAMES.replace("\n   ", " ").strip().splitlines()
    rows = (line.split() for line in lines)
    return {code: [[fold(name) for name in month.split("|")] for month in months] for code, *months in rows}


@cache
def _of_language(code: str) -> dict[str, int]:
    """The names of one language and what they can be shortened to; those that several months share are no month."""
    found: dict[str, int] = {}
    months = _table().get(code, ())
    for number, names in enumerate(months, 1):
        for short in {name[:length] for name in names for length in range(_SHORTEST, len(name))}:
            found[short] = 0 if found.get(short, number) != number else number
    return found | {name: number for number, names in enumerate(months, 1) for name in names}


@cache
def _of_all() -> dict[str, int]:
    found: dict[str, int] = {}
    for code in _table():
        for name, number in _of_language(code).items():
            found[name] = number if found.setdefault(name, number) == number else 0
    return found | {name: number for name, number in _of_language("en").items() if number}
