import numpy as np

from dapipeline.kmedoids.row_ids import hash_ids, hash_values, rank_ids


def test_integer_ids_rank_by_value_and_others_as_text():
    assert rank_ids([10, 9, 100], 3).tolist() == [1, 0, 2]
    assert rank_ids(["10", "9", "100"], 3).tolist() == [0, 2, 1]
    assert rank_ids(np.array(["b", "a"], dtype=object), 2).tolist() == [1, 0]


def test_an_id_has_its_hash_wherever_it_stands():
    for ids in (["a", "b", "c"], [3, 1, 2]):
        assert hash_ids(ids[::-1]).tolist() == hash_ids(ids).tolist()[::-1]
        assert len(set(hash_ids(ids).tolist())) == 3
    assert hash_ids(np.array(["a", "b"], dtype=object)).tolist() == hash_ids(["a", "b"]).tolist()


def test_values_have_their_hash_in_either_precision():
    X = np.array([[1.5, 2.0], [2.0, 1.5], [1.5, 2.0]])
    first, second, third = hash_values(X).tolist()
    assert first == third != second
    assert hash_values(X.astype(np.float32)).tolist() == [first, second, third]


def test_hashes_of_a_million_rows_do_not_collide():
    grid = np.stack(np.meshgrid(np.arange(1000.0), np.arange(1000.0)), axis=-1).reshape(-1, 2)
    assert len(np.unique(hash_values(grid))) == len(grid)
