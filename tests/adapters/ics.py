"""A small reader of iCalendar for tests, by RFC 5545 and without the library that writes it."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Block:
    """A component: its properties as they stand, parameters beside them, and those inside it."""

    name: str
    properties: list[tuple[str, dict[str, str], str]] = field(
        default_factory=list[tuple[str, dict[str, str], str]]
    )
    inside: list["Block"] = field(default_factory=list["Block"])

    def value(self, name: str) -> str:
        """Return the one value of a property."""
        (value,) = [value for one, _, value in self.properties if one == name]
        return value

    def text(self, name: str) -> str:
        """Return it with the escapes of a text undone."""
        plain, rest = "", self.value(name)
        while rest:
            if rest[0] == "\\":
                plain += {"n": "\n", "N": "\n"}.get(rest[1], rest[1])
                rest = rest[2:]
            else:
                plain, rest = plain + rest[0], rest[1:]
        return plain

    def parameter(self, name: str, parameter: str) -> str:
        """Return a parameter of the one property with this name."""
        (found,) = [given for one, given, _ in self.properties if one == name]
        return found[parameter]

    def all(self, name: str) -> list["Block"]:
        """Return the components inside it that are called so."""
        return [one for one in self.inside if one.name == name]


def read(data: bytes) -> Block:
    """Read one calendar; anything against the grammar fails."""
    assert data.endswith(b"\r\n")
    lines = data[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in lines), "a line is not folded"
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    for line in lines:
        line.decode()  # fails where a letter of several bytes was folded in the middle
    unfolded: list[bytes] = []
    for line in lines:
        if line[:1] in {b" ", b"\t"}:
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    stack = [Block("")]
    for line in unfolded:
        name, parameters, value = _property(line.decode())
        if name == "BEGIN":
            stack.append(Block(value))
        elif name == "END":
            done = stack.pop()
            assert done.name == value
            stack[-1].inside.append(done)
        else:
            stack[-1].properties.append((name, parameters, value))
    (root,) = stack
    (calendar,) = root.inside
    return calendar


def _property(line: str) -> tuple[str, dict[str, str], str]:
    head, quoted = "", False
    for number, one in enumerate(line):
        quoted ^= one == '"'
        if one == ":" and not quoted:
            name, *parameters = head.split(";")
            pairs = (given.partition("=") for given in parameters)
            return name, {key: value.strip('"') for key, _, value in pairs}, line[number + 1 :]
        head += one
    message = f"no value: {line}"
    raise AssertionError(message)
