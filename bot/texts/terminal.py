"""What the operator and people in the terminal read."""

HELP_MAIN = "De BREED-bot: antwoorden met bronnen, updates, reacties en herinneringen."
HELP_ASK = "Stel een vraag. Zonder vraag begint een gesprek."
HELP_ASK_JSON = "Geef het antwoord als JSON."
HELP_ASK_BATCH = "Lees regels JSON met id, q en eventueel prev_q, en geef per regel een antwoord."
HELP_ASK_BEFORE = "De vraag die hiervoor is gesteld."
HELP_KNOWLEDGE = "De kennisbank beheren."
HELP_KNOWLEDGE_CHECK = "Controleer alle documenten van de kennisbank."
HELP_KNOWLEDGE_FOLDER = "De map met documenten."

WELCOME = (
    "Hallo! Stel een vraag over de collectivisering van ICT en dienstverlening.\n"
    "Typ /help voor wat je hier kunt, of /stop om te stoppen.\n"
)
GOODBYE = "Tot ziens!"
PROMPT = "Jij: "
CHOOSE_TOPIC = "Typ het nummer, of stel je vraag anders."
NO_SOURCES = "Er is nog geen antwoord om bronnen van te tonen. Stel eerst een vraag."
CONVERSATION_HELP = (
    "Typ gewoon je vraag. Vragen als “en wanneer was dat?” gaan over je vorige vraag.\n"
    "  /bronnen  waar het laatste antwoord vandaan komt\n"
    "  /opties   de vijftien opties voor collectivisering\n"
    "  /stop     stoppen"
)


def unknown_command(text: str) -> str:
    """Say that a command of the conversation does not exist."""
    return f"Het commando {text} ken ik niet. Typ /help voor wat je hier kunt."


def source(line: str, link: str) -> str:
    """Return one source of an answer."""
    return f"Bron: {line}\n      {link}"


def answered(count: int) -> str:
    """Return the progress of a batch."""
    return "1 vraag beantwoord" if count == 1 else f"{count} vragen beantwoord"


def unreadable_line(number: int) -> str:
    """Say that a line of a batch is not what it should be."""
    return f'Regel {number} is geen JSON met een vraag, zoals {{"id": "1", "q": "wat is GGU?"}}.'


def unreadable_lines(count: int) -> str:
    """Say how many lines of a batch could not be read."""
    return "1 regel was niet te lezen." if count == 1 else f"{count} regels waren niet te lezen."


def settings_mistakes(count: int) -> str:
    """Open the list of mistakes in the settings."""
    if count == 1:
        return "Er is een fout in de instellingen. Verbeter deze en start opnieuw:"
    return f"Er zijn {count} fouten in de instellingen. Verbeter ze en start opnieuw:"


def unknown_setting(name: str) -> str:
    """Say that a variable is not a setting."""
    return f"Let op: de instelling {name} bestaat niet en doet niets."
