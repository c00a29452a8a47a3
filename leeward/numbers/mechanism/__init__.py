"""The mathematics of a number that cannot betray anyone. Pure: nothing here knows members, tables or the database."""
