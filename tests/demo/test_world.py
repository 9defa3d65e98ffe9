import pickle

from demo.telegram.world import new_world


def test_a_world_can_be_copied_whole() -> None:
    world = new_world("1:a", "bot", "Bot", seed=3)
    world.keep_file(b"PK", "a.xlsx", "x/y", "documents")
    copy = pickle.loads(pickle.dumps(world))
    assert copy.files == world.files
    assert copy.query_id() == world.query_id()


def test_files_have_ids_and_paths_of_their_own() -> None:
    world = new_world("1:a", "bot", "Bot", seed=3)
    one = world.keep_file(b"1", "a.xlsx", "x/y", "documents")
    two = world.keep_file(b"1", "no suffix", "x/y", "documents", size=5)
    assert one.file_id != two.file_id
    assert (one.path, two.path) == ("documents/file_1.xlsx", "documents/file_2.bin")
    assert two.size == 5
    assert world.file_at(two.path) is two
    assert world.file_at("nowhere") is None
