"""What plug-ins write beside their data (`Ingredients`, `Price`), in the language of the site."""

from __future__ import annotations

from html import escape

from converters.importers.wordpress.content.context import Context

_LANGUAGES = "en de fr es it nl pt"
_LABELS = {
    "ingredients": "Ingredients|Zutaten|Ingrédients|Ingredientes|Ingredienti|Ingrediënten|Ingredientes",
    "instructions": "Instructions|Zubereitung|Préparation|Elaboración|Preparazione|Bereiding|Modo de preparo",
    "notes": "Notes|Anmerkungen|Notes|Notas|Note|Notities|Notas",
    "equipment": "Equipment|Küchengeräte|Matériel|Utensilios|Attrezzatura|Benodigdheden|Utensílios",
    "nutrition": "Nutrition|Nährwerte|Valeurs nutritionnelles|Información nutricional|Valori nutrizionali"
    "|Voedingswaarden|Informação nutricional",
    "servings": "Servings|Portionen|Portions|Raciones|Porzioni|Porties|Porções",
    "prep time": "Prep time|Vorbereitung|Préparation|Preparación|Preparazione|Voorbereiding|Preparo",
    "cook time": "Cook time|Kochzeit|Cuisson|Cocción|Cottura|Bereidingstijd|Cozimento",
    "total time": "Total time|Gesamtzeit|Temps total|Tiempo total|Tempo totale|Totale tijd|Tempo total",
    "course": "Course|Gericht|Plat|Plato|Portata|Gang|Prato",
    "cuisine": "Cuisine|Küche|Cuisine|Cocina|Cucina|Keuken|Cozinha",
    "author": "Author|Autor|Auteur|Autor|Autore|Auteur|Autor",
    "method": "Method|Methode|Méthode|Método|Metodo|Methode|Método",
    "date": "Date|Datum|Date|Fecha|Data|Datum|Data",
    "place": "Place|Ort|Lieu|Lugar|Luogo|Plaats|Local",
    "organizer": "Organizer|Veranstalter|Organisateur|Organizador|Organizzatore|Organisator|Organizador",
    "cost": "Cost|Eintritt|Tarif|Precio|Costo|Kosten|Preço",
    "website": "Website|Website|Site web|Sitio web|Sito web|Website|Site",
    "price": "Price|Preis|Prix|Precio|Prezzo|Prijs|Preço",
    "sku": "SKU|Artikelnummer|UGS|SKU|COD|Artikelnummer|REF",
    "phone": "Phone|Telefon|Téléphone|Teléfono|Telefono|Telefoon|Telefone",
    "company": "Company|Firma|Entreprise|Empresa|Azienda|Bedrijf|Empresa",
    "topics": "Topics|Themen|Sujets|Temas|Argomenti|Onderwerpen|Tópicos",
    "forums": "Forums|Foren|Forums|Foros|Forum|Forums|Fóruns",
}
_WORDS = {
    (name, language): word
    for name, words in _LABELS.items()
    for language, word in zip(_LANGUAGES.split(), words.split("|"), strict=True)
}


def label(name: str, context: Context) -> str:
    """The word in the language of the text, else of the site, else in English; a name that is not here as it is."""
    language = (context.language or context.lookup.site.language).lower().partition("-")[0].partition("_")[0]
    return _WORDS.get((name, language)) or _WORDS.get((name, "en"), name)


def line(name: str, html: str, context: Context) -> str:
    """`<strong>Price:</strong> 12`; empty where there is nothing to say."""
    return f"<strong>{escape(label(name, context))}:</strong> {html}" if html else ""


def lines(*said: str) -> str:
    """A paragraph of such lines, empty ones left out."""
    shown = [one for one in said if one]
    return f"<p>{'<br>'.join(shown)}</p>" if shown else ""
