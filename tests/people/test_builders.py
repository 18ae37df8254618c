"""The builders that other tests stand on."""

from provning.accounts.queries import user_by_username
from provning.people.queries import actor_for, teachers_for_unit
from tests.builders import TODAY, Town, load_courses


def test_a_teacher_with_an_account_is_the_actor_behind_it(town: Town) -> None:
    teacher = town.teacher("Karin", username="karin")
    user = user_by_username("karin")
    assert user is not None
    actor = actor_for(user, TODAY)
    assert (actor.person_id, actor.role) == (teacher.id, "grading_teacher")
    assert [row.name for row in teachers_for_unit(town.centrum, TODAY)] == ["Karin Wallgren"]


def test_a_small_register_has_the_courses_asked_for(db: None) -> None:  # noqa: ARG001 (writes)
    courses = load_courses("MATMAT03b", "MATO1B00X")
    assert {code: course.points for code, course in courses.items()} == {
        "MATMAT03b": 100,
        "MATO1B00X": 100,
    }
