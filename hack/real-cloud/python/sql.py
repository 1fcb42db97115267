"""Runs statements on SQLite files. Input: JSON [[file, [[statement, [parameters]], ...]], ...]."""
import json
import sqlite3
import sys

for path, statements in json.load(sys.stdin):
    with sqlite3.connect(path) as database:
        for statement, parameters in statements:
            database.execute(statement, parameters)
    database.close()
