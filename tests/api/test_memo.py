"""What is kept of heads and answers: bounded, for one edition, and for a second."""

from api.decide import Answer
from api.memo import HEADS_MAX, WHOLE_BYTES_MAX, Known, Memo
from api.plain_head import PlainHead

DATES = [[(b"date", b"Fri, 20 Nov 2026 10:00:0%d GMT" % second)] for second in range(2)]


def known(number: int) -> Known:
    return Known(200, b"\r\n", b"", b"%d" % number)


def choosing(number: int) -> PlainHead:
    return b"GET", b"/%d" % number, None, None


def kept(memo: Memo, count: int) -> int:
    return sum(memo.recall(1, b"head %d" % number) is not None for number in range(count))


def test_heads_that_come_once_displace_none() -> None:
    memo = Memo()
    memo.recall(1, b"")
    for _ in range(2):
        memo.meet(b"head 0", known(0))
    for number in range(10 * HEADS_MAX):
        memo.meet(b"once %d" % number, known(number))
    assert kept(memo, 1) == 1


def test_a_full_memo_takes_new_heads_and_is_bounded() -> None:
    memo = Memo()
    memo.recall(1, b"")
    for number in range(5 * HEADS_MAX):
        for _ in range(2):
            memo.meet(b"head %d" % number, known(number))
    assert memo.recall(1, b"head %d" % (5 * HEADS_MAX - 1)) is not None
    assert HEADS_MAX <= kept(memo, 5 * HEADS_MAX) <= 2 * HEADS_MAX
    assert kept(memo, 1) == 0
    assert memo.recall(2, b"head %d" % (5 * HEADS_MAX - 1)) is None


def test_a_head_that_is_asked_for_stays() -> None:
    memo = Memo()
    memo.recall(1, b"")
    for number in range(5 * HEADS_MAX):
        for _ in range(2):
            memo.meet(b"head %d" % number, known(number))
        assert memo.recall(1, b"head 0") is not None


def test_a_header_that_the_server_would_not_send_is_left_to_it() -> None:
    assert Memo().known(1, b"/", Answer(200, ((b"x", b"a\r\nb: c"),), b"")) is None


def test_choices_are_bounded_and_of_one_edition() -> None:
    memo = Memo()
    memo.recall(1, b"")
    for number in range(3 * HEADS_MAX):
        memo.choose(choosing(number), known(number))
    last = choosing(3 * HEADS_MAX - 1)
    assert memo.choice(last) is not None
    assert sum(memo.choice(choosing(one)) is not None for one in range(3 * HEADS_MAX)) <= HEADS_MAX
    memo.recall(2, b"")
    assert memo.choice(last) is None


def test_an_answer_in_one_piece_says_the_time_and_is_made_once_in_a_second() -> None:
    memo = Memo()
    one = Known(200, b"x: y\r\n\r\n", b"body", b"/")
    first = memo.whole(one, DATES[0])
    assert first == (b"HTTP/1.1 200 OK\r\ndate: Fri, 20 Nov 2026 10:00:00 GMT\r\nx: y\r\n\r\nbody")
    assert memo.whole(one, DATES[0]) is first
    assert memo.whole(one, DATES[1]) == first.replace(b"10:00:00", b"10:00:01")
    other = Known(304, b"\r\n", b"", b"/")
    assert memo.whole(other, DATES[1]).startswith(b"HTTP/1.1 304 Not Modified\r\ndate: ")


def test_answers_in_one_piece_are_bounded_and_of_one_edition() -> None:
    memo = Memo()
    memo.recall(1, b"")
    size = WHOLE_BYTES_MAX // 3
    some = [Known(200, b"\r\n", b"%d" % number + b"x" * size, b"/") for number in range(4)]
    pieces = [memo.whole(one, DATES[0]) for one in some]
    assert [piece.endswith(one.body) for piece, one in zip(pieces, some, strict=True)] == [True] * 4
    kept = [memo.whole(one, DATES[0]) is piece for one, piece in zip(some, pieces, strict=True)]
    assert kept == [True, True, False, False]
    memo.recall(2, b"")
    assert memo.whole(some[0], DATES[0]) is not pieces[0]
    assert memo.whole(some[3], DATES[0]) is memo.whole(some[3], DATES[0])
