"""The image and its composition, as far as they can be judged without a Docker engine."""

import re
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Final, cast

import pytest
import yaml

from tests.policy.source import PRODUCT, REPOSITORY

STEPS: Final = runpy.run_path(str(REPOSITORY / "scripts" / "image_steps.py"))
DOCKERFILE: Final = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
Service = dict[str, object]


@pytest.fixture
def services() -> dict[str, Service]:
    text = (REPOSITORY / "compose.yaml").read_text(encoding="utf-8")
    return cast("dict[str, Service]", yaml.safe_load(text)["services"])


def context() -> list[str]:
    image = STEPS["read_dockerfile"](DOCKERFILE)
    return list(cast("list[str]", STEPS["build_context"](REPOSITORY, image)))


def test_the_image_holds_every_package_with_its_data_and_nothing_else() -> None:
    copied = context()

    assert {path.split("/")[0] for path in copied} == {*PRODUCT, "requirements"}
    assert any(re.fullmatch(r"config/knowledge/.+\.md", path) for path in copied)
    assert "storage/migrations/env.py" in copied
    assert not [path for path in copied if "__pycache__" in path or path.endswith(".pyc")]


@pytest.mark.parametrize("path", [".env", "secrets/discord_token", "data/breed.sqlite3", "tests/a"])
def test_secrets_and_data_stay_out_of_the_build(path: str) -> None:
    ignore = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()
    reaches = cast("Callable[[str, list[str]], bool]", STEPS["reaches_the_build"])

    assert not reaches(path, [line for line in ignore if line and not line.startswith("#")])


def test_a_copy_that_names_nothing_is_an_error(tmp_path: Path) -> None:
    (tmp_path / ".dockerignore").write_text("*\n", encoding="utf-8")
    (tmp_path / "bot").mkdir()
    image = STEPS["read_dockerfile"]("COPY bot bot\n")

    with pytest.raises(STEPS["StepError"], match="COPY bot"):
        list(STEPS["build_context"](tmp_path, image))


def test_the_image_runs_as_nobody_with_a_health_check() -> None:
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK .*", DOCKERFILE, re.MULTILINE)
    assert "/healthz" in DOCKERFILE
    assert "--require-hashes" in DOCKERFILE


def test_the_image_has_no_sandbox_and_keeps_its_data_in_the_volume() -> None:
    environment = STEPS["read_dockerfile"](DOCKERFILE).environment

    assert environment["BREED_SANDBOX"] == "0"
    assert environment["BREED_DATA_DIR"] == "/data"


def test_no_service_has_a_secret_in_its_environment(services: dict[str, Service]) -> None:
    for service in services.values():
        names = cast("dict[str, str]", service["environment"])
        secret = [name for name in names if re.search("TOKEN|PASSWORD|URL", name)]
        assert all(name.endswith("_FILE") for name in secret)


def test_every_service_is_read_only_and_without_rights(services: dict[str, Service]) -> None:
    for service in services.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_bot_waits_for_a_healthy_database(services: dict[str, Service]) -> None:
    assert services["bot"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "healthcheck" in services["database"]
