"""The ground of the field: people, organisations, roles, regions, focus areas, the working calendar."""
