"""Columns of the dictionary itself."""

from __future__ import annotations

from dapipeline.report.dictionary.column import Column, Columns

TABLES: dict[str, Columns] = {
    "dictionary": {
        "table": Column("Table", "Name of the table."),
        "file": Column("File", "Its path below the folder of the outputs."),
        "row": Column("One row is", "What one row of it is."),
        "column": Column("Column", "Name of the column in the file."),
        "words": Column("In words", "The column’s heading in the workbook."),
        "type": Column("Type", "Text, whole number, number, true or false, date, or date and time."),
        "unit": Column("Unit", "What it is counted or measured in; a share is of 1."),
        "meaning": Column("Meaning", "What it says."),
        "key": Column("Key", "Part of the key that tells rows apart; and the column of another table it refers to."),
    },
}
