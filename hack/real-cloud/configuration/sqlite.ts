/** The address of a database file, as SQLAlchemy writes it. */
export const sqlite = (file: string): string => `sqlite:///${file}`;
