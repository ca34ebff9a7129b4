"""Alembic's entry point. The connection, and the transaction on it, are the caller's (see `run`)."""

from alembic import context

from member_service.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
