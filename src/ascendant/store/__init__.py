"""The table at rest: immutable Parquet parts and a SQLite manifest, asked through DuckDB."""
