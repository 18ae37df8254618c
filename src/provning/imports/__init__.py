"""Staged import: files from other systems become proposals that a person reads and then takes in.

A file goes through the same steps whatever it holds: uploaded, columns matched, every row planned
with every problem at once, read by a person, and committed all or nothing through the actions of
the rooms that own the rows. `states` says which step follows which.

A new kind of import is one file in `kinds/` and one line in `kinds/__init__.py`:

    KIND = ImportKind(
        key="persons", slug="personer",   # in the program, and in addresses and commands
        label=gettext_noop("Personer"),
        lead=gettext_noop("Lägg upp …"),  # one sentence: what the file does
        permission=Permission.REGISTER_PERSONS,
        wide=True,                        # belongs to the organiser; False: to one provider
        fields=(Field("identity_number", …), …),
        plan=plan, commit=commit, undo=undo,
    )

`plan(setting, rows)` is given some hundred rows at a time and answers with a `Plan` for each, in a
constant number of queries; it writes nothing. `Plan.data` is all that `commit` needs, as plain
JSON; `Plan.key` tells rows apart that would be the same thing twice. What a plan says is compared
with what it said before when the file is committed, so it must follow from the row and the register
alone. `commit(setting, plans)` carries out the plans that are NEW or CHANGED, by actions, and gives
each row's number what `undo` will need. `undo(setting, rows)` takes them back, as far as rules and
law allow, and answers with the problems of the rows that stay.

A file that is no table (XML) has `read`: a function from the file to its rows, each a mapping of
field to text. Columns are then not matched. Problems that it raises mean that the file is refused.
"""
