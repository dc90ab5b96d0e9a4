"""A YAML file of settings, read safely: no key twice, and words of the extract kept as they are written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from dapipeline.errors import ConfigError

LARGEST = 1 << 20  # bytes; far more than any file of settings
MOST_NODES = 100_000  # with aliases written out: a few lines of them can stand for millions
# Below these keys stand words of the extract, so NO, 010 and 1.0 stay texts, not the values that YAML makes of them.
SOURCE_WORDS = {
    ("extract", name) for name in ("columns", "values", "derive", "missing_values", "missing_values_only", "delimiter")
}
# A tag that does not fit its value raises any of these.
NOT_YAML = (yaml.YAMLError, RecursionError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
TEXT, NULL, DAY, WHOLE = (f"tag:yaml.org,2002:{name}" for name in ("str", "null", "timestamp", "int"))
NOUGHTS = re.compile(r"^([-+]?)0+(?=\d)")  # YAML reads 020 as sixteen


def read_yaml(path: Path, what: str) -> dict[str, Any]:
    """Read a YAML file of settings.

    Parameters
    ----------
    path : Path
        The file.
    what : str
        What the file is called in a message: config, definitions file.

    Returns
    -------
    dict
        Dates stay text, so that the model can name the setting whose day does not exist.

    Raises
    ------
    ConfigError
        C001 where it cannot be read, C002 where it is not YAML, C003 where it holds no settings, C025 where a key
        stands twice.
    """
    try:
        if path.is_file() and path.stat().st_size > LARGEST:
            raise ConfigError("C001", f"The {what} {path} is larger than any config.", "Give the path of a YAML file.")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ConfigError(
            "C001", f"The {what} {path} cannot be read: {reason}.", "Give the path of a YAML file."
        ) from error
    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        _count(node, {})
        _check_keys(node, path, what)
        _keep_as_written(node, ())
        raw = None if node is None else loader.construct_document(node)
    except NOT_YAML as error:
        where = getattr(error, "problem_mark", None)
        line = f" (line {where.line + 1})" if where is not None else ""
        raise ConfigError(
            "C002",
            f"The {what} {path} is not valid YAML{line}.",
            "Check the indentation and the colons there; quote texts that hold a colon.",
        ) from error
    if not isinstance(raw, dict):
        raise ConfigError("C003", f"The {what} {path} holds no settings.", "Start from one in configs/.")
    return raw


def _count(node: yaml.Node | None, known: dict[int, int]) -> int:
    """Count the nodes below one, each alias as often as it is used; refuse too many."""
    if node is None or isinstance(node, yaml.ScalarNode):
        return 1
    if id(node) not in known:
        known[id(node)] = MOST_NODES  # a node that holds itself has no end
        parts = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
        known[id(node)] = 1 + sum(_count(part, known) for part in parts)
    if known[id(node)] > MOST_NODES:
        raise yaml.composer.ComposerError(None, None, "too many nodes", node.start_mark)
    return known[id(node)]


def _check_keys(node: yaml.Node | None, path: Path, what: str) -> None:
    if isinstance(node, yaml.SequenceNode):
        for part in node.value:
            _check_keys(part, path, what)
    if not isinstance(node, yaml.MappingNode):
        return
    lines: dict[str, int] = {}
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            if key.value in lines:
                raise ConfigError(
                    "C025",
                    f"The {what} {path} has the key {key.value!r} twice in one section, on the lines "
                    f"{lines[key.value]} and {key.start_mark.line + 1}.",
                    "Keep one line, and put what stands under both into it.",
                )
            lines[key.value] = key.start_mark.line + 1
        _check_keys(value, path, what)


def _keep_as_written(node: yaml.Node | None, keys: tuple[str, ...]) -> None:
    """Turn dates and 1:30 into texts, 020 into 20, and every value below the settings with words of the extract."""
    words = keys[:2] in SOURCE_WORDS
    if isinstance(node, yaml.ScalarNode):
        node.value.encode()  # an escape can write half a character, which is no text
        foreign = node.tag == DAY or (node.tag == WHOLE and ":" in node.value)  # which YAML reads as 90
        # A setting that is null is not set; null below one is a word of the extract.
        if foreign or (words and (node.tag != NULL or (node.value and len(keys) > 2))):
            node.tag = TEXT
        elif node.tag == WHOLE:
            node.value = NOUGHTS.sub(r"\1", node.value)
    elif isinstance(node, yaml.SequenceNode):
        for part in node.value:
            _keep_as_written(part, (*keys, ""))
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _keep_as_written(key, keys)
            _keep_as_written(value, (*keys, str(getattr(key, "value", ""))))
