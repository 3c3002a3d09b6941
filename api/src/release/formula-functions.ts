import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { ReleaseSchema } from '@ahp/sql/schema';
import { compileExpression, type Expression, type MacroText } from './compile-expression.ts';

/** A formula as a function of its columns in order; null stands for NULL. */
export type FormulaFunction = (...values: (number | null)[]) => number | null;

/**
 * The release’s own scalar macros as functions: the engine parses them, and what it parsed is compiled, so that each formula is written once and
 * thousands of figures are worked out without planning a statement for them. A test holds both to within 1e-12 of each other.
 */
export class FormulaFunctions {
  readonly #db: Kysely<ReleaseSchema>;
  readonly #compiled = new Map<string, Promise<FormulaFunction>>();
  #macros: Promise<Map<string, MacroText>> | null = null;

  constructor(db: Kysely<ReleaseSchema>) {
    this.#db = db;
  }

  /**
   * The function of an SQL expression over these columns: `of('count_lower(x, v, 1.96)', ['x', 'v'])` gives `(x, v) => number | null`.
   * Throws when the expression uses what is not compiled (anything but arithmetic, comparisons, CASE and macros).
   */
  of(expression: string, columns: readonly string[]): Promise<FormulaFunction> {
    const key = `${columns.join()}|${expression}`;
    const known = this.#compiled.get(key);
    if (known) return known;
    const compiled = this.#compile(expression, columns);
    this.#compiled.set(key, compiled);
    compiled.catch(() => this.#compiled.delete(key));
    return compiled;
  }

  async #compile(expression: string, columns: readonly string[]): Promise<FormulaFunction> {
    const macros = await (this.#macros ??= this.#read());
    const parsed = new Map<string, Expression>();
    const wanted = [expression];
    for (const text of wanted) {
      if (parsed.has(text)) continue;
      parsed.set(text, await this.#parse(text));
      for (const [name, { body }] of macros) if (new RegExp(`\\b${name}\\(`).test(text)) wanted.push(body);
    }
    return compileExpression(parsed.get(expression)!, columns, (name) => {
      const macro = macros.get(name);
      return macro && { parameters: macro.parameters, body: parsed.get(macro.body)! };
    });
  }

  async #parse(text: string): Promise<Expression> {
    const { rows } = await sql<{
      tree: string;
    }>`select json_serialize_sql('select ' || ${text}::varchar) as tree`.execute(this.#db);
    const tree = JSON.parse(rows[0]!.tree) as { error: boolean; statements: { node: { select_list: [Expression] } }[] };
    if (tree.error) throw new Error(`the engine cannot parse the formula ${text}`);
    return tree.statements[0]!.node.select_list[0];
  }

  async #read(): Promise<Map<string, MacroText>> {
    const { rows } = await sql<{ name: string; parameters: string; body: string }>`
      select function_name as name, to_json(parameters)::varchar as parameters, macro_definition as body from duckdb_functions()
      where function_type = 'macro' and not internal`.execute(this.#db);
    return new Map(
      rows.map(({ name, parameters, body }) => [name, { parameters: JSON.parse(parameters) as string[], body }]),
    );
  }
}
