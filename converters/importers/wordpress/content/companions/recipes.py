"""Recipes that are items of their own: what the plug-in's card shows, as text, and the same as data for search engines.

[wprm-recipe id="77"]   <!-- wp:wp-recipe-maker/recipe {"id":77} -->   <!--WPRM Recipe 77-->…<!--End WPRM Recipe-->
[tasty-recipe id="78"]   <!-- wp:wp-tasty/tasty-recipe {"id":78} /-->

WP Recipe Maker has groups of ingredients and of steps as PHP data, times in minutes, the summary as the item's text
(https://help.bootstrapped.ventures/collection/1-wp-recipe-maker). Tasty Recipes has HTML in meta fields. Buttons of the
cards (print, jump, rate, change the servings) are left out: nothing is behind them on a static site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

from converters.html import tree
from converters.importers.wordpress.content import parts
from converters.importers.wordpress.content.companions.labels import label, line, lines
from converters.importers.wordpress.content.companions.pictures import listed, value, word
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Shortcode
from converters.importers.wordpress.rawitem import RawItem, plain

_PARAGRAPH = re.compile(r"\A\s*<p[^>]{0,200}>((?:(?!</?p[ >]).)*)</p>\s*\Z", re.S)
_BLOCK = re.compile(r"<(?:p|ul|ol|div|h[1-6]|table|blockquote)[\s>]", re.I)
_LINE_ENDS = re.compile(r"[^\S\n]*\n\s*")
_NUTRITION = "calories carbohydrates protein fat saturated_fat cholesterol sodium potassium fiber sugar"
_TASTY_NUTRITION = """serving_size calories sugar sodium fat saturated_fat unsaturated_fat trans_fat carbohydrates fiber
    protein cholesterol"""
_TASTY = "prep_time cook_time additional_time_value total_time yield category method cuisine author_name"
_UNITS = {"calories": "kcal", "cholesterol": "mg", "sodium": "mg", "potassium": "mg"}


class Group(NamedTuple):
    """Ingredients or steps below a title, as HTML."""

    title: str
    lines: list[str]


class Recipe(NamedTuple):
    """What a card shows. Texts are HTML."""

    title: str
    summary: str
    image: str
    facts: list[tuple[str, str]]
    """(label, text)"""
    equipment: list[str]
    ingredients: list[Group]
    steps: list[Group]
    notes: str
    nutrition: list[str]
    data: dict[str, Any]
    """As schema.org has it: https://schema.org/Recipe."""


def _text(html: str, context: Context) -> str:
    """A text of the plug-in's editor, with its shortcodes replaced; one paragraph without its tags."""
    html = (context.expand(html) if "[" in html else html).strip()
    found = _PARAGRAPH.match(html)
    return found[1].strip() if found else html


def _paragraphs(html: str, context: Context) -> str:
    text = _text(html, context)
    return text if not text or _BLOCK.search(text) else f"<p>{_LINE_ENDS.sub('<br>', text)}</p>"


def minutes(text: str) -> str:
    """`1 h 10 min`, whatever the language."""
    if not text.isdecimal() or int(text[:7]) == 0:
        return ""
    days, rest = divmod(int(text[:7]), 1440)
    hours, minute = divmod(rest, 60)
    return " ".join(f"{n} {unit}" for n, unit in ((days, "d"), (hours, "h"), (minute, "min")) if n)


def _duration(text: str) -> str:
    """As ISO 8601 writes it."""
    return f"PT{int(text[:7])}M" if text.isdecimal() and int(text[:7]) else ""


def _terms(item: RawItem, taxonomy: str) -> str:
    return ", ".join(plain(term.name) for term in item.categories if term.domain == taxonomy)


def _groups(rows: Any, inside: str, show: Any) -> list[Group]:
    """Groups of rows; rows without a group around them are one."""
    members = listed(rows)
    if members and not any(isinstance(one, dict) and inside in one for one in members):
        members = [{inside: members}]
    found = []
    for one in members:
        if isinstance(one, dict):
            shown = [html for row in listed(one.get(inside)) if (html := show(row))]
            if shown or word(one, "name"):
                found.append(Group(word(one, "name"), shown))
    return found


def _wprm(item: RawItem, context: Context) -> Recipe:
    def ingredient(row: Any) -> str:
        if not isinstance(row, dict):
            return ""
        said = " ".join(text for name in ("amount", "unit", "name") if (text := _text(word(row, name), context)))
        notes = _text(word(row, "notes"), context)
        return f"{said} ({notes})" if notes and said else said or notes

    def step(row: Any) -> str:
        if not isinstance(row, dict):
            return ""
        image = parts.image(word(row, "image"), context) if word(row, "image") not in ("", "0") else ""
        text = word(row, "text")
        return (_paragraphs(text, context) if image else _text(text, context)) + image

    def tool(row: Any) -> str:
        names = ("amount", "name", "notes") if isinstance(row, dict) else ()
        return " ".join(text for name in names if (text := _text(word(row, name), context)))

    meta = item.first_meta
    times = {name: meta(f"wprm_{name}_time").strip() for name in ("prep", "cook", "total")}
    servings = f"{meta('wprm_servings')} {meta('wprm_servings_unit')}".strip()
    custom = minutes(meta("wprm_custom_time").strip())
    ingredients = _groups(value(item, "wprm_ingredients"), "ingredients", ingredient)
    steps = _groups(value(item, "wprm_instructions"), "instructions", step)
    nutrition = value(item, "wprm_nutrition")
    rows = nutrition if isinstance(nutrition, dict) else {n: meta(f"wprm_nutrition_{n}") for n in _NUTRITION.split()}
    author = meta("wprm_author_name") if meta("wprm_author_display") in ("custom", "") else ""
    return Recipe(
        title=plain(item["title"]),
        summary=_paragraphs(item["content:encoded"], context),
        image=meta("_thumbnail_id").strip(),
        facts=[
            ("prep time", minutes(times["prep"])),
            ("cook time", minutes(times["cook"])),
            *([(meta("wprm_custom_time_label") or "total time", custom)] if custom else []),
            ("total time", minutes(times["total"])),
            ("course", escape(_terms(item, "wprm_course"))),
            ("cuisine", escape(_terms(item, "wprm_cuisine"))),
            ("servings", escape(plain(servings)) if servings.strip("0 ") else ""),
            ("cost", escape(plain(meta("wprm_cost")))),
            ("author", escape(plain(author))),
        ],
        equipment=[shown for row in listed(value(item, "wprm_equipment")) if (shown := tool(row))],
        ingredients=ingredients,
        steps=steps,
        notes=_paragraphs(meta("wprm_notes"), context),
        nutrition=[
            f"{name.replace('_', ' ').capitalize()}: {escape(word(rows, name))}\u202f{_UNITS.get(name, 'g')}"
            for name in rows
            if isinstance(name, str) and name in _NUTRITION.split() and word(rows, name) not in ("", "0")
        ],
        data={
            "recipeYield": plain(servings) if servings.strip("0 ") else "",
            **{f"{name}Time": _duration(times[name]) for name in times},
            "recipeCategory": _terms(item, "wprm_course"),
            "recipeCuisine": _terms(item, "wprm_cuisine"),
        },
    )


def _html_lines(html: str, context: Context) -> list[Group]:
    """The items of lists, with the titles above them; lines of plain text where there is no list."""
    html = context.expand(html) if "[" in html else html
    if "<li" not in html:
        shown = [line.strip() for line in re.split(r"\n|<br ?/?>|</?p[^>]{0,200}>", html) if line.strip()]
        return [Group("", shown)] if shown else []
    groups: list[Group] = []
    title = ""
    for element in tree.parse(html).iter("h1", "h2", "h3", "h4", "h5", "h6", "p", "li"):
        if element.tag == "li":
            if not groups or title:
                groups.append(Group(title, []))
                title = ""
            groups[-1].lines.append(tree.inner_html(element).strip())
        elif not any(one.tag == "li" for one in element.iterancestors()):
            title = f"{title} {tree.plain_text(element)}".strip()
    if title:
        groups.append(Group(title, []))
    return groups


def _tasty(item: RawItem, context: Context) -> Recipe:
    meta = item.first_meta
    texts = {name: escape(plain(meta(name))) for name in _TASTY.split()}
    return Recipe(
        title=plain(item["title"]),
        summary=_paragraphs(meta("description") or item["content:encoded"], context),
        image=meta("_thumbnail_id").strip(),
        facts=[
            ("author", texts["author_name"]),
            ("prep time", texts["prep_time"]),
            (meta("additional_time_label") or "total time", texts["additional_time_value"]),
            ("cook time", texts["cook_time"]),
            ("total time", texts["total_time"]),
            ("servings", texts["yield"]),
            ("course", texts["category"]),
            ("method", texts["method"]),
            ("cuisine", texts["cuisine"]),
        ],
        equipment=[],
        ingredients=_html_lines(meta("ingredients"), context),
        steps=_html_lines(meta("instructions"), context),
        notes=_paragraphs(meta("notes"), context),
        nutrition=[
            f"{name.replace('_', ' ').capitalize()}: {escape(plain(meta(name)))}"
            for name in _TASTY_NUTRITION.split()
            if meta(name).strip()
        ],
        data={
            "recipeYield": plain(meta("yield")),
            "prepTime": plain(meta("prep_time")),
            "cookTime": plain(meta("cook_time")),
            "totalTime": plain(meta("total_time")),
            "recipeCategory": plain(meta("category")),
            "recipeCuisine": plain(meta("cuisine")),
        },
    )


READERS = {"wprm_recipe": _wprm, "tasty_recipe": _tasty}
"""Post type -> what its card shows."""


def recipe(id: str, code: Shortcode, context: Context, item: RawItem) -> str:
    """The text of a card. What it says for search engines goes into the front matter of the post."""
    card = READERS[item["wp:post_type"].strip()](item, context)
    facts = [line(name, text, context) for name, text in card.facts]
    image = parts.image(card.image, context) if card.image not in ("", "0") else ""
    context.facts.setdefault("recipe", _data(card))
    return parts.box(
        f"<h3>{escape(card.title, quote=False)}</h3>" if card.title else "",
        f"<p>{image}</p>" if image else "",
        card.summary,
        lines(*facts),
        *_section("equipment", [Group("", card.equipment)] if card.equipment else [], "ul", context),
        *_section("ingredients", card.ingredients, "ul", context),
        *_section("instructions", card.steps, "ol", context),
        f"<h4>{label('notes', context)}</h4>{card.notes}" if card.notes else "",
        f"<h4>{label('nutrition', context)}</h4><p>{' | '.join(card.nutrition)}</p>" if card.nutrition else "",
    )


def _section(name: str, groups: list[Group], tag: str, context: Context) -> Iterator[str]:
    if groups:
        yield f"<h4>{label(name, context)}</h4>"
    for group in groups:
        yield f"<p><strong>{parts.as_html(group.title)}</strong></p>" if group.title else ""
        shown = "".join(f"<li>{html}</li>" for html in group.lines)
        yield f"<{tag}>{shown}</{tag}>" if shown else ""


def _data(card: Recipe) -> dict[str, Any]:
    """What https://schema.org/Recipe calls each part; members without a value are left out."""
    rows = {
        "name": card.title,
        "description": _words(card.summary),
        **card.data,
        "recipeIngredient": [_words(html) for group in card.ingredients for html in group.lines],
        "recipeInstructions": [_words(html) for group in card.steps for html in group.lines],
    }
    return {name: value for name, value in rows.items() if value}


def _words(html: str) -> str:
    return " ".join(tree.plain_text(tree.parse(html)).split()) if "<" in html or "&" in html else html
