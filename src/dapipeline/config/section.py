"""What every part of the configuration has in common, and how settings are checked against it."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from dapipeline.errors import ConfigError, did_you_mean


class Section(BaseModel):
    """A part of the configuration; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=Section)


def checked(model: type[Model], raw: dict[str, Any], what: str) -> Model:
    """Check settings against their model.

    Parameters
    ----------
    model : type
        The section, a subclass of `Section`.
    raw : dict
        The settings as YAML holds them.
    what : str
        What they are called in a message.

    Returns
    -------
    Section
        Of the type `model`.

    Raises
    ------
    ConfigError
        C003 with every wrong setting in one sentence.
    """
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        faults = [_in_words(model, fault) for fault in error.errors(include_url=False)]
        number = f"{len(faults)} wrong setting{'s' * (len(faults) > 1)}"
        raise ConfigError(
            "C003",
            f"{what} has {number}: {'; '.join(faults)}.",
            "The settings and their meaning are listed by: dapipeline schema config.",
        ) from error


def _in_words(model: type[Section], fault: Any) -> str:
    """Write what is wrong with one setting; where its name is unknown, with the name that may be meant."""
    path = [str(part) for part in fault["loc"]]
    said = str(fault["msg"]).removeprefix("Value error, ")
    if fault["type"] == "tuple_type" and "values" in path:
        said = "the program's word stands first, and yours in square brackets: high: [HIGH, V HIGH]"
    if fault["type"] == "extra_forbidden":
        said = f"not a setting{did_you_mean(path[-1], _settings(model, path[:-1]))}"
    if path[-1:] == ["[key]"]:  # the name in front of it is what is wrong
        path, said = path[:-1], "a name has small letters, digits and underscores, and begins with a letter"
    return f"{'.'.join(path) or 'settings'}: {said}"


def _settings(model: Any, path: list[str]) -> list[str]:
    """Return the names of the settings in a section; none where the path leads to no section."""
    for part in path:
        model = next(
            (field.annotation for name, field in model.model_fields.items() if part in (name, field.alias)), None
        )
        if not (isinstance(model, type) and issubclass(model, Section)):
            return []
    return [field.alias or name for name, field in model.model_fields.items()]
