"""A small discord.py bot that uses what the real one will: the other end of these tests."""

import asyncio
import io
import re
from typing import Self

import discord
from discord import app_commands

TOPICS = ["coöperatie", "regiegroep", "mandatering"]
INTENTS = discord.Intents(
    guilds=True, messages=True, reactions=True, typing=True, guild_scheduled_events=True
)


class Vote(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"vote:(?P<number>\d+)"
):
    """A button that works after a restart."""

    def __init__(self, number: int) -> None:
        button: discord.ui.Button[discord.ui.View] = discord.ui.Button(
            label="Eens", custom_id=f"vote:{number}"
        )
        super().__init__(button)
        self.number = number

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction,
        _item: discord.ui.Item[discord.ui.View],
        match: re.Match[str],
        /,
    ) -> Self:
        return cls(int(match["number"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"stem op {self.number}", ephemeral=True)


class Reason(discord.ui.Modal, title="Waarom?"):
    """A form with a text, a choice and a file."""

    body: discord.ui.Label["Reason"] = discord.ui.Label(
        text="Uitleg", component=discord.ui.TextInput(max_length=50)
    )
    kind: discord.ui.Label["Reason"] = discord.ui.Label(
        text="Soort",
        component=discord.ui.Select(
            required=False,
            options=[discord.SelectOption(label="Goed"), discord.SelectOption(label="Fout")],
        ),
    )
    paper: discord.ui.Label["Reason"] = discord.ui.Label(
        text="Bijlage", component=discord.ui.FileUpload(required=False)
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        text, chosen, files = self.body.component, self.kind.component, self.paper.component
        assert isinstance(text, discord.ui.TextInput)
        assert isinstance(chosen, discord.ui.Select)
        assert isinstance(files, discord.ui.FileUpload)
        names = [file.filename for file in files.values]
        await interaction.response.send_message(f"{text.value}|{chosen.values}|{names}")


class Choices(discord.ui.View):
    """Buttons and selects of the first generation."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(Vote(7))

    @discord.ui.button(label="Bewerk", custom_id="edit")
    async def edit(
        self, interaction: discord.Interaction, _button: discord.ui.Button[Self]
    ) -> None:
        await interaction.response.edit_message(content="bewerkt", view=None)

    @discord.ui.button(label="Formulier", custom_id="form")
    async def form(
        self, interaction: discord.Interaction, _button: discord.ui.Button[Self]
    ) -> None:
        await interaction.response.send_modal(Reason())

    @discord.ui.button(label="Later", custom_id="later")
    async def later(
        self, interaction: discord.Interaction, _button: discord.ui.Button[Self]
    ) -> None:
        await interaction.response.defer()
        await interaction.followup.send("achteraf", ephemeral=True)

    @discord.ui.button(label="Uit", custom_id="off", disabled=True)
    async def off(
        self, _interaction: discord.Interaction, _button: discord.ui.Button[Self]
    ) -> None:
        raise AssertionError

    @discord.ui.select(
        custom_id="topic",
        min_values=1,
        max_values=2,
        options=[discord.SelectOption(label=topic.title(), value=topic) for topic in TOPICS],
    )
    async def topic(
        self, interaction: discord.Interaction, select: discord.ui.Select[Self]
    ) -> None:
        await interaction.response.send_message(f"gekozen: {', '.join(select.values)}")

    @discord.ui.select(cls=discord.ui.RoleSelect, custom_id="role")
    async def role(
        self, interaction: discord.Interaction, select: discord.ui.RoleSelect[Self]
    ) -> None:
        await interaction.response.send_message(f"rol {select.values[0].name}")


class Panel(discord.ui.LayoutView):
    """A message of the second generation."""

    def __init__(self) -> None:
        super().__init__()
        button: discord.ui.Button[Panel] = discord.ui.Button(label="Kies", custom_id="pick")
        section: discord.ui.Section[Panel] = discord.ui.Section("tekst", accessory=button)
        line: discord.ui.Separator[Panel] = discord.ui.Separator()
        chart = discord.MediaGalleryItem("attachment://grafiek.png")
        pictures: discord.ui.MediaGallery[Panel] = discord.ui.MediaGallery(chart)
        box: discord.ui.Container[Panel] = discord.ui.Container(section, line, pictures)
        self.add_item(discord.ui.TextDisplay("# Overzicht"))
        self.add_item(box)


class TestBot(discord.Client):
    """Answers mentions and DMs, and offers commands of every kind."""

    __test__ = False

    def __init__(self, *, intents: discord.Intents = INTENTS) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0.05)
        self.tree = app_commands.CommandTree(self)
        self._heard: asyncio.Queue[discord.Message] = asyncio.Queue()
        self.resumes = 0
        add_commands(self.tree)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Begin a new session at once, where discord.py waits five seconds."""

    async def setup_hook(self) -> None:
        self.add_view(Choices())
        self.add_dynamic_items(Vote)
        await self.tree.sync()

    async def hear(self) -> discord.Message:
        """Return the next message of a person that arrives."""
        return await asyncio.wait_for(self._heard.get(), timeout=5)

    async def on_resumed(self) -> None:
        self.resumes += 1

    async def on_message(self, message: discord.Message) -> None:
        if message.author.bot:
            return
        self._heard.put_nowait(message)
        assert self.user is not None
        if message.guild is None or self.user in message.mentions:
            await message.reply(f"gelezen: {message.content}", nonce=str(message.id))


def add_commands(tree: app_commands.CommandTree[TestBot]) -> None:
    """Register commands of every kind."""
    add_questions(tree)
    add_views(tree)
    tree.add_command(knowledge())


def add_questions(tree: app_commands.CommandTree[TestBot]) -> None:
    """Register what answers a question."""

    @tree.command(name="vraag", description="Stel een vraag")
    async def ask(interaction: discord.Interaction, vraag: str, openbaar: bool = True) -> None:  # noqa: FBT001, FBT002 -- options of a command
        await interaction.response.defer(ephemeral=not openbaar)
        await interaction.followup.send(f"antwoord op {vraag}", ephemeral=openbaar)
        await interaction.followup.send("en nog iets", ephemeral=True)

    @ask.autocomplete("vraag")
    async def suggest(
        _interaction: discord.Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        found = [topic for topic in TOPICS if topic.startswith(current)]
        return [app_commands.Choice(name=topic.title(), value=topic) for topic in found]

    @tree.context_menu(name="Vraag beantwoorden")
    async def answer(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"over: {message.content}")


def add_views(tree: app_commands.CommandTree[TestBot]) -> None:
    """Register what shows components, and what does odd things."""

    @tree.command(name="opties", description="De opties")
    async def options(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("kies", view=Choices())

    @tree.command(name="paneel", description="Een paneel")
    async def panel(interaction: discord.Interaction) -> None:
        picture = io.BytesIO(b"png")
        file = discord.File(picture, filename="grafiek.png", description="Een grafiek")
        await interaction.response.send_message(view=Panel(), file=file)

    @tree.command(name="weg", description="Een antwoord dat verdwijnt")
    async def gone(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("even")
        await interaction.edit_original_response(content="anders")
        await interaction.delete_original_response()


def knowledge() -> app_commands.Group:
    """Return a group of commands for moderators."""
    group = app_commands.Group(
        name="kennis",
        description="Kennis",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @group.command(name="zoeken", description="Zoek")
    async def find(
        interaction: discord.Interaction,
        wie: discord.Member,
        waar: discord.TextChannel,
        hoeveel: app_commands.Range[int, 1, 5] = 1,
    ) -> None:
        await interaction.response.send_message(f"{wie.display_name} {waar.name} {hoeveel}")

    return group
