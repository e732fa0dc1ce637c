import pytest

from bot.services.knowledge.question_grouping import same_question

SAME = (
    ("Wat kost deelname aan Dimpact?", "wat kost deelname aan dimpact"),
    ("Wat kost de deelname aan Dimpact eigenlijk?", "wat kost deelname aan Dimpact nou?"),
    ("Hoi, wie betaalt het congres?", "Wie betaalt dan het congres"),
    ("Wanneer is de ALV van 2016?", "wanneer is de alv van 2016"),
    ("Welke gemeenten doen mee aan het onderzoek?", "welke gemeente doen mee aan het onderzoek?"),
    ("Wie beheert de collectivisering?", "Wie beheert de colectivisering?"),
    ("Hoe werkt stemmen bij volmacht", "Hoe werkt stemmen bij volmácht"),
    ("Wie tekent de overeenkomst?", "wie tekent de overeenkomsten"),
    ("What does membership cost?", "what does membership cost"),
    ("Wat is de samenwerkingsvorm?", "Wat is de samenwerkingsvrom?"),
    ("Als ik lid ben, mag ik dan stemmen?", "Mag ik stemmen als ik lid ben?"),
    (
        "Indien het congres uitvalt, wie betaalt de zaal?",
        "wie betaalt de zaal indien het congres uitvalt",
    ),
    ("Zodra Utrecht meedoet, wat kost deelname?", "Wat kost de deelname zodra Utrecht meedoet?"),
    (
        "Voordat wij tekenen, welke stukken krijgen wij?",
        "welke stukken krijgen wij voordat wij tekenen?",
    ),
)
DIFFERENT = (
    ("Wat kost deelname aan Dimpact?", "Wie betaalt deelname aan Dimpact?"),
    ("En wanneer was dat?", "en wanneer was dat?"),
    ("Mag ik stemmen bij volmacht?", "Mag ik niet stemmen bij volmacht?"),
    ("Waarom is er een quorum?", "Waarom is er geen quorum?"),
    ("Wat staat in de agenda 2016?", "Wat staat in de agenda 2017?"),
    ("Wat kost optie 3?", "Wat kost optie 13?"),
    ("Doen 9,995 gemeenten mee aan het onderzoek?", "Doen 9995 gemeenten mee aan het onderzoek?"),
    ("Staat er 100.000.000 in de begroting?", "Staat er 100.000.001 in de begroting?"),
    ("Wanneer is de ALV?", "Waar is de ALV?"),
    ("Wanneer is de ALV?", "Wanneer was de ALV?"),
    ("Is samenwerking verplicht?", "Is samenwerking onverplicht?"),
    ("Is inkoop gecentraliseerd?", "Is inkoop gedecentraliseerd?"),
    ("Wie doet de inkoop van gemeenten?", "Wie doet de verkoop van gemeenten?"),
    ("Zijn de kosten bekend?", "Zijn de kasten bekend?"),
    ("Betaalt de gemeente het rijk?", "Betaalt het rijk de gemeente?"),
    ("Wie stemt voor het voorstel?", "Wie stemt tegen het voorstel?"),
    ("Wie stemt met de stukken in?", "Wie stemt zonder de stukken in?"),
    ("Wat doet de VNG?", "Wat doet KING?"),
    ("Wat doet de VNG aan inkoop?", "Wat doet de VNG?"),
    ("Wat doen jullie bij de ALV?", "Wat doen wij bij de ALV?"),
    ("Wat kost optie [getal]?", "Wat kost optie [getal]?"),
    ("Mail ik [e-mail] daarover?", "Mail ik [e-mail] daarover?"),
    ("Gaat het geld van de gemeente naar de VNG?", "Gaat het geld van de VNG naar de gemeente?"),
    ("Gaat van de gemeente geld naar de VNG?", "Gaat naar de gemeente geld van de VNG?"),
    ("Van Utrecht, wat gaat naar Zeist?", "Wat gaat naar Zeist van Utrecht?"),
    ("Adviseert KING de VNG?", "Adviseert de VNG KING?"),
    ("Wat vraagt Utrecht aan Zeist?", "Wat vraagt Zeist aan Utrecht?"),
    ("Neemt Dimpact GovUnited over?", "Neemt GovUnited Dimpact over?"),
    ("Is de gemeente lid van de coöperatie?", "Is de coöperatie lid van de gemeente?"),
    ("Komt het besluit voor de ALV?", "Komt de ALV voor het besluit?"),
    ("Huurt het rijk bij gemeenten?", "Huren gemeenten bij het rijk?"),
    ("Is inkoop duurder dan beheer?", "Is beheer duurder dan inkoop?"),
    ("Als Utrecht betaalt, stemt Zeist?", "Als Zeist stemt, betaalt Utrecht?"),
    ("Als Utrecht betaalt, stemt Zeist?", "Betaalt Utrecht als Zeist stemt?"),
    ("Als Utrecht Zeist betaalt, wie stemt?", "Wie stemt als Zeist Utrecht betaalt?"),
    ("Als ik lid ben, mag ik niet stemmen?", "Mag ik stemmen als ik geen lid ben?"),
    ("Als ik geen lid ben, mag ik stemmen?", "Mag ik geen stemmen als ik lid ben?"),
    ("Als de gemeente weigert, wat doet zij dan?", "Wat doet zij als de gemeente weigert?"),
    (
        "Als het congres uitvalt, wie beslist of Utrecht betaalt?",
        "Wie beslist of Utrecht betaalt als het congres uitvalt?",
    ),
    ("Als Utrecht tekent, wie betaalt en stemt?", "Wie betaalt en stemt als Utrecht tekent?"),
    ("Nadat Utrecht tekent, wie betaalt?", "Wie betaalt voordat Utrecht tekent?"),
    ("Voordat Utrecht betaalt, tekent Zeist?", "Voordat Zeist tekent, betaalt Utrecht?"),
    ("Tenzij Utrecht betaalt, wie stemt?", "Wie stemt als Utrecht betaalt?"),
    ("Wanneer de ALV is, wie betaalt?", "Wie betaalt, wanneer is de ALV?"),
    ("Betaalt Utrecht Zeist en Baarn Soest?", "Betaalt Utrecht Baarn en Zeist Soest?"),
    ("???", "???"),
    ("", ""),
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_nearly_the_same_words_are_the_same_question(one: str, other: str) -> None:
    assert same_question(one, other)
    assert same_question(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_may_mean_something_else_is_another_question(one: str, other: str) -> None:
    assert not same_question(one, other)
    assert not same_question(other, one)
