/** The door of `database`: one PostgreSQL, embedded or served. */
export { openDatabase } from './database.ts';
export type { Database, OpenOptions } from './database.ts';
export { CarryError, exportDatabase, importDatabase } from './carry/carry.ts';
export type { CarriedTable, Manifest } from './carry/carry.ts';
export { connect } from './connection.ts';
export type { ConnectionOptions, Connector, Row, SqlValue, Statements } from './connection.ts';
export { MigrationError } from './migrate.ts';
export type { Migration } from './migrate.ts';
export { ROLES, roleName } from './roles.ts';
export type { Role } from './roles.ts';
export type { Safety } from './safety.ts';
export { StartError, startEmbedded } from './embedded/server.ts';
export type { EmbeddedOptions, EmbeddedServer } from './embedded/server.ts';
