"""What Alembic runs for each command: the steps, in the transaction of the connection that it was given."""

from __future__ import annotations

from alembic import context

from wirecheck_reference.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata(), render_as_batch=True)
context.run_migrations()
