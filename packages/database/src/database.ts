/** Opens the database of an installation: embedded in a folder, or served under a URL. */
import { connect } from './connection.ts';
import type { ConnectionOptions, Connector } from './connection.ts';
import { startEmbedded } from './embedded/server.ts';
import type { EmbeddedServer } from './embedded/server.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrate.ts';
import { makeRoles, roleName } from './roles.ts';
import type { Role } from './roles.ts';
import { safetyOf } from './safety.ts';
import type { Safety } from './safety.ts';

export interface OpenOptions {
  /** Folder of an embedded server; used when there is no `url`. */
  readonly folder?: string;
  /** `postgres://…` of a server, version 15 or newer, as a role that may make roles. */
  readonly url?: string;
  /** Name of the database; `zhida` when not given. */
  readonly name?: string;
  /** Steps of the schema, of all rooms, in order. */
  readonly migrations: readonly Migration[];
  /** Stamps a database that is made now as a sandbox. An existing one keeps what it is. */
  readonly sandbox?: boolean;
  /** Most connections of a role at once; 10 when not given. */
  readonly connections?: number;
  /** Settings of an embedded server. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface Database {
  readonly where: 'embedded' | 'served';
  /** Connections of one role; made when first asked for. */
  as(role: Role): Connector;
  /** What another process needs to connect as `role`, for `connect`. Holds a password: hand it over in
   *  memory, never in arguments or logs. */
  reach(role: Role): ConnectionOptions;
  /** Connections that may change the schema: migration, export, drills. Nothing that serves people. */
  readonly owner: Connector;
  /** As seen by the application. */
  safety(): Promise<Safety>;
  /** Steps that opening applied. */
  readonly migrated: readonly string[];
  /** Ends connections, and the server if it is embedded. */
  close(): Promise<void>;
}

const BASE: Migration = {
  name: 'database/001-stamp',
  sql: `
    CREATE TABLE public.stamp (
      one boolean PRIMARY KEY DEFAULT true CHECK (one),
      kind text NOT NULL CHECK (kind IN ('sandbox', 'real'))
    );
    CREATE FUNCTION public.keep_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'what a database is for is said once, when it is made';
    END $$;
    CREATE TRIGGER keep_stamp BEFORE UPDATE OR DELETE ON public.stamp
      FOR EACH ROW EXECUTE FUNCTION public.keep_stamp();
    CREATE TRIGGER keep_stamp_whole BEFORE TRUNCATE ON public.stamp
      FOR EACH STATEMENT EXECUTE FUNCTION public.keep_stamp();
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO zhida_app, zhida_ledger_owner, zhida_audit_owner,
      zhida_evaluator;
    GRANT SELECT ON public.stamp TO zhida_app, zhida_ledger_owner, zhida_audit_owner,
      zhida_evaluator;
  `,
};

interface Server {
  /** Connection options for a role and a database. */
  reach(
    user: string | undefined,
    password: string | undefined,
    database: string,
  ): ConnectionOptions;
  readonly secret: string;
  readonly embedded: EmbeddedServer | undefined;
}

async function serverFor({ url, folder, settings }: OpenOptions): Promise<Server> {
  if (url !== undefined) {
    const given = new URL(url);
    return {
      secret: decodeURIComponent(given.password) || given.href,
      embedded: undefined,
      reach: (user, password, database) => {
        const to = new URL(url);
        to.pathname = `/${database}`;
        if (user !== undefined) to.username = user;
        if (password !== undefined) to.password = password;
        return { connectionString: to.href };
      },
    };
  }
  if (folder === undefined) throw new Error('a folder or a URL says which database');
  const embedded = await startEmbedded({ folder, ...(settings && { settings }) });
  return {
    secret: embedded.password,
    embedded,
    reach: (user, password, database) => ({
      host: embedded.host,
      user: user ?? embedded.user,
      password: password ?? embedded.password,
      database,
    }),
  };
}

/** A name that needs no quotes: it stands in statements that take no parameters. */
function checkedName(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,50}$/u.test(name)) throw new Error(`no name for a database: ${name}`);
  return name;
}

/** Makes the database when it is not there; true when it did. */
async function make(server: Server, name: string): Promise<boolean> {
  const maintenance = connect({ ...server.reach(undefined, undefined, 'postgres'), most: 1 });
  try {
    const { there } = await maintenance.row<{ there: boolean }>(
      'SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1) AS there',
      [name],
    );
    if (!there) await maintenance.run(`CREATE DATABASE ${name}`);
    return !there;
  } finally {
    await maintenance.close();
  }
}

/** Opens the database, makes what is missing and migrates it. Throws `StartError` when the folder is
 *  in use or the server does not start, `MigrationError` when another version made the schema. */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const server = await serverFor(options);
  const name = checkedName(options.name ?? 'zhida');
  const open = new Map<Role, Connector>();
  let owner: Connector | undefined;
  const close = async (): Promise<void> => {
    await Promise.all(
      [...open.values(), ...(owner === undefined ? [] : [owner])].map((c) => c.close()),
    );
    await server.embedded?.stop();
  };
  try {
    await make(server, name);
    owner = connect({ ...server.reach(undefined, undefined, name), most: 2 });
    const passwords = await makeRoles(owner, server.secret);
    const migrated = await migrate(owner, [BASE, ...options.migrations]);
    const kind = options.sandbox === true ? 'sandbox' : 'real';
    await owner.run('INSERT INTO public.stamp (kind) VALUES ($1) ON CONFLICT DO NOTHING', [kind]);
    const { connections: most } = options;
    const reach = (role: Role): ConnectionOptions => ({
      ...server.reach(roleName(role), passwords.get(role), name),
      ...(most !== undefined && { most }),
    });
    const as = (role: Role): Connector => {
      const known = open.get(role);
      if (known !== undefined) return known;
      const made = connect(reach(role));
      open.set(role, made);
      return made;
    };
    return {
      where: server.embedded === undefined ? 'served' : 'embedded',
      as,
      reach,
      owner,
      safety: () => safetyOf(as('app')),
      migrated,
      close,
    };
  } catch (e) {
    await close();
    throw e;
  }
}
