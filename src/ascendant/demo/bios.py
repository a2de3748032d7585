"""What an account of the invented world is -> what it says of itself; often nothing, sometimes not true.

Written as people and communication departments write, before any list of words that tells kinds apart was looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ascendant.demo.people import CAUSE, COMPANY, INDIVIDUAL, INSTITUTION, MEDIA, TARGET

FRENCH, ENGLISH, ARABIC = range(3)
# Of a hundred: who says nothing; who says something that fits another kind, or a joke; who speaks a third language.
_EMPTY: Final = {COMPANY: 8, MEDIA: 6, INSTITUTION: 10, CAUSE: 15, INDIVIDUAL: 20, TARGET: 42}
_MISLEADING, _ELSEWHERE = 6, 4
BIOS: Final = {
    COMPANY: (
        (
            "Fabriqué à {place}. Service clients : 7 j/7.",
            "Depuis {year}, la marque de {place}. Livraison partout.",
            "On répond à vos questions du lundi au samedi. Une commande ? C’est sur le site 👇",
            "Des pièces solides, réparables, sorties de l’atelier de {place}.",
            "La maison {family}, quatre générations, deux usines, {place} et alentours.",
            "Ici on parle produits, nouveautés et coulisses. SAV : écrivez-nous en privé.",
            "{place} ➕ passion = nous.",
            "Toujours moins cher que vous ne pensez. Magasins à {place} et en ligne.",
        ),
        (
            "Made in {place}. Customer care every day.",
            "Since {year}, the brand from {place}. We deliver.",
            "Questions about an order? We’re here Mon–Sat. Find us online 👇",
            "Sturdy, repairable parts from our workshop in {place}.",
            "The house of {family}: four generations, two plants, {place} and around.",
            "Product news and a look behind the scenes. Need help? Drop us a DM.",
            "{place} ➕ passion = us.",
            "Always cheaper than you’d think. Stores in {place} and online.",
        ),
        ("خدمة العملاء كل يوم. {place}",),
    ),
    MEDIA: (
        (
            "L’info de {place}, jour et nuit.",
            "Le journal de {place} depuis {year}.",
            "Reportages, enquêtes, petites annonces. Une info ? redaction@{place}.example",
            "Toute l’actualité de la vallée, en podcast et sur papier.",
            "98.4 FM. Matinale 6 h–9 h avec {family}.",
            "On était à {place} avant tout le monde.",
        ),
        (
            "News from {place}, day and night.",
            "The paper of {place} since {year}.",
            "Stories, investigations, classifieds. Got a tip? desk@{place}.example",
            "Everything that happens in the valley, in print and as a podcast.",
            "98.4 FM. Breakfast show 6–9 with {family}.",
            "We were in {place} before anyone else.",
        ),
        ("أخبار {place} ليلا ونهارا.",),
    ),
    INSTITUTION: (
        (
            "Compte officiel. Infos pratiques et travaux.",
            "Au service des habitants de {place}. Urgences : le 15.",
            "Vie étudiante, recherche, journées portes ouvertes.",
            "Toutes vos démarches à {place}. Réponse sous 48 h ouvrées.",
            "{place}, 12 communes, un territoire.",
            "Votre ville au quotidien 🌳🚲",
        ),
        (
            "Official account. Services and roadworks.",
            "Serving the residents of {place}. Not monitored 24/7.",
            "Student life, research, open days.",
            "Everything you need to sort out in {place}. We reply within two working days.",
            "{place}, twelve parishes, one district.",
            "Your town, day by day 🌳🚲",
        ),
        ("الحساب الرسمي. {place}",),
    ),
    CAUSE: (
        (
            "Mouvement citoyen. {tag} pour tous. Rejoignez-nous !",
            "Pour {place}, contre ceux qui décident sans nous.",
            "Ni à vendre ni à taire. Collectif d’habitants de {place}.",
            "On ne lâchera pas {tag}.",
            "Parce que {place} mérite mieux. Dons et adhésions sur le site.",
            "La voix de ceux qu’on n’écoute pas.",
            "Réveillons {place}.",
        ),
        (
            "A people’s campaign. {tag} for all. Join us!",
            "For {place}, against those who decide without us.",
            "Not for sale, not for silence. Residents of {place}, together.",
            "We won’t let go of {tag}.",
            "Because {place} deserves better. Donate or join on our site.",
            "A voice for those nobody listens to.",
            "Wake up, {place}.",
        ),
        ("صوت من لا صوت لهم. {place}",),
    ),
    INDIVIDUAL: (
        (
            "Pour une passerelle à {place}.",
            "Autrice, {place}. Je pose une question et j’attends la réponse.",
            "Infirmier de nuit. Je raconte l’hôpital vu du couloir.",
            "Prof de maths, deux enfants, un vélo, trop d’avis.",
            "De {place}. Demandez-moi pour la passerelle.",
            "Consultante indépendante. Mes propos n’engagent que moi.",
        ),
        (
            "For a footbridge in {place}.",
            "Writer, {place}. I ask one question and wait for the answer.",
            "Night nurse. The ward as seen from the corridor.",
            "Maths teacher, two kids, one bike, too many opinions.",
            "Lives in {place}. Ask me about the footbridge.",
            "Freelance consultant. Opinions mine.",
        ),
        ("كاتبة من {place}",),
    ),
    TARGET: (
        (
            "{place}. Mes avis n’engagent que moi.",
            "Papa de deux. {tag}, café, {place}.",
            "☀️ {place} 🌿",
            "Ici pour les photos de chats et les résultats du dimanche.",
            "Étudiante en droit, {place}. Rugby, séries, sommeil.",
            "RT ne vaut pas accord.",
            "Retraité heureux. Potager et petits-enfants.",
            "ni dieu ni wifi",
        ),
        (
            "{place}. Views my own.",
            "Mum of two. {tag}, tea, {place}.",
            "☀️ {place} 🌿",
            "Here for cat pictures and Sunday scores.",
            "Law student, {place}. Rugby, box sets, sleep.",
            "RTs aren’t endorsements.",
            "Happily retired. Allotment and grandchildren.",
            "no gods no wifi",
        ),
        ("أب لطفلين. قهوة و{place}", "🌙 {place}"),
    ),
}
# What fits another kind, or none: a joke, a borrowed voice, a line of verse.
_ODD: Final = {
    True: (
        ("Bonjour, moi c’est la stagiaire.", "💧💧💧", "J’aime les gens, surtout ceux de {place}.", "Bientôt."),
        ("Hi, it’s the intern.", "💧💧💧", "I like people, mostly those of {place}.", "Soon."),
    ),
    False: (
        (
            "PDG de mon canapé. Siège social : {place}.",
            "Compte officiel du chat {family}.",
            "Ministre de la sieste.",
            "Fan club non officiel de {place} FC. Actus et résultats.",
        ),
        (
            "CEO of my own sofa. Headquarters: {place}.",
            "Official account of a cat called {family}.",
            "Minister for naps.",
            "Unofficial fan page of {place} FC. News and scores.",
        ),
    ),
}
_ELSEWHERE_BIOS: Final = {
    True: (
        "Desde {year}, en {place} y en todas partes.",
        "Aus {place}. Seit {year} für Sie da.",
        "{place} dal {year}.",
    ),
    False: ("De {place}, con cariño 🌻", "Zwei Katzen, ein Garten, {place}.", "Mamma, corridrice lenta, {place}."),
}


def bio(kind: int, language: int, draw: int, facts: Mapping[str, str], *, is_known: bool = False) -> str:
    """The bio of a person or organisation of which `draw` is the chance; who `is_known` to readers says what it is.

    >>> facts = {"place": "Halaigny", "family": "Borieux", "year": "1950", "tag": "vélo"}
    >>> bio(COMPANY, ENGLISH, 0, facts, is_known=True)
    'Made in Halaigny. Customer care every day.'
    """
    kind = kind if kind in BIOS else TARGET
    speaks = kind in (COMPANY, MEDIA, INSTITUTION, CAUSE)
    lot, draw = draw % 100, draw // 100
    if not is_known:
        if lot < _EMPTY[kind]:
            return ""
        if lot >= 100 - _MISLEADING and language != ARABIC:
            return _chosen(_ODD[speaks][language], draw, facts)
        if lot >= 100 - _MISLEADING - _ELSEWHERE:
            return _chosen(_ELSEWHERE_BIOS[speaks], draw, facts)
    return _chosen(BIOS[kind][language], draw, facts)


def _chosen(options: tuple[str, ...], draw: int, facts: Mapping[str, str]) -> str:
    return options[draw % len(options)].format(**facts)
