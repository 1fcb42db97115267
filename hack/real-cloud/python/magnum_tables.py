"""Makes Magnum's tables from its models: its migrations need what SQLite lacks. Argument: address of the database."""
import sys

import sqlalchemy

from magnum.db.sqlalchemy import models

models.Base.metadata.create_all(sqlalchemy.create_engine(sys.argv[1]))
