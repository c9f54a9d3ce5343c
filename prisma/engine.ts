// Prisma's schema engine, as WebAssembly, at development time: what SQL leads from a database to `schema.prisma`.
// The native engine that `prisma migrate` wants is a download; this one comes with npm and needs none.
import { readFile } from "node:fs/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { Pool, type QueryResult } from "pg";
import type { DiffParams, SchemaEngine } from "@prisma/schema-engine-wasm" with { "resolution-mode": "import" };

// Node has it; its types come only with those of a browser.
declare const WebAssembly: {
  instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: object } }>;
};

/** Numbers that Postgres gives to its types "char" and "char"[]. */
const CHAR = 18;
const CHAR_ARRAY = 1002;

/** The SQL that leads from the database at `url` to the schema in `schemaFile`; empty when nothing does. */
export async function sqlFrom(url: string, schemaFile: string): Promise<string> {
  const files = [{ path: schemaFile, content: await readFile(schemaFile, "utf8") }];
  const pool = new Pool({ connectionString: url, max: 1 });
  const engine = await loadEngine(files, pool);
  try {
    const diff: DiffParams = {
      from: { tag: "schemaDatasource", files, configDir: process.cwd() },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    };
    const { stdout, exitCode } = await engine.diff(diff);
    return exitCode === 0 ? "" : (stdout ?? "").trim();
  } finally {
    engine.free();
    await pool.end();
  }
}

async function loadEngine(files: { path: string; content: string }[], pool: Pool): Promise<SchemaEngine> {
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const code = await readFile(require.resolve("@prisma/schema-engine-wasm/schema_engine_bg").replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(code, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  const adapter = bindMigrationAwareSqlAdapterFactory(catalogueReader(pool));
  return glue.SchemaEngine.new({ datamodels: files.map(({ path, content }) => [path, content]) }, () => undefined, adapter);
}

/**
 * Postgres's own catalogue is full of columns of type "char", for which the stock adapter has no name. They are passed
 * through it as arrays of that type, of which the catalogue has none, and called by their name afterwards.
 */
function catalogueReader(pool: Pool): PrismaPg {
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<QueryResult>;
  pool.query = (async (...args: unknown[]) => {
    const result = await query(...args);
    for (const field of result.fields) if (field.dataTypeID === CHAR) field.dataTypeID = CHAR_ARRAY;
    return result;
  }) as typeof pool.query;

  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (sql) => {
      const rows = await queryRaw(sql);
      const columnTypes = rows.columnTypes.map((type) =>
        type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type,
      );
      return { ...rows, columnTypes };
    };
    return adapter;
  };
  return factory;
}
