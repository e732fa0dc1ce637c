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
