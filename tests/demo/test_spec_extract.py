import json

from demo.telegram.spec_extract import TARGET, extract, written


def field(name: str, kind: str, *, required: bool = False) -> dict[str, object]:
    return {"name": name, "type": kind, "required": required}


def test_names_types_and_required_flags_are_kept() -> None:
    from demo.telegram import spec_extract

    methods: list[dict[str, object]] = [
        {"name": name, "annotations": []} for name in spec_extract.BUILT
    ]
    methods[0] = {
        "name": spec_extract.BUILT[0],
        "annotations": [
            field("chat_id", "Integer or String", required=True),
            field("markup", "Array of Button"),
            field("block", "InputRichBlock"),
        ],
    }
    types = [
        {"name": "Button", "annotations": [field("size", "Float number")]},
        {"name": "InputRichBlock", "annotations": [field("x", "Integer")]},
        {"name": "Unused", "annotations": []},
    ]
    other = {"name": "sendDice", "annotations": []}
    schema = {
        "api": {"version": "10.3"},
        "items": [{"children": methods}, {"children": [*types, other]}],
    }
    spec = extract(schema)
    assert spec["methods"][spec_extract.BUILT[0]] == {
        "chat_id!": "Integer or String",
        "markup": "Array of Button",
        "block": "InputRichBlock",
    }
    assert spec["types"] == {"Button": {"size": "Float"}, "InputRichBlock": "Object"}
    assert spec["others"] == ["sendDice"]
    assert json.loads(written(spec)) == spec


def test_the_kept_description_is_small_and_written_by_this() -> None:
    text = TARGET.read_text()
    assert len(text) < 40_000
    assert written(json.loads(text)) == text
