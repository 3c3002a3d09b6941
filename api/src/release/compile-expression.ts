import type { FormulaFunction } from './formula-functions.ts';

/** A scalar macro as the engine stores it. */
export interface MacroText {
  parameters: readonly string[];
  body: string;
}

/** The parts of the engine’s own tree of an expression (`json_serialize_sql`) that formulas are made of. */
export interface Expression {
  class: string;
  type: string;
  function_name?: string;
  children?: Expression[];
  child?: Expression;
  left?: Expression;
  right?: Expression;
  column_names?: string[];
  value?: { type: { id: string; type_info: { scale?: number } | null }; is_null: boolean; value?: number };
  case_checks?: { when_expr: Expression; then_expr: Expression }[];
  else_expr?: Expression;
}

type MacroOf = (name: string) => { parameters: readonly string[]; body: Expression } | undefined;
type Value = number | boolean | null;
/** A compiled part, worked out from the values of the columns in scope. */
type Part = (scope: readonly Value[]) => Value;

/**
 * Compiles an expression over columns to a function with the engine’s own rules: NULL in, NULL out for arithmetic and comparisons; AND and OR of
 * three values; LEAST and GREATEST pass NULL over; division by 0 is infinite. Throws for what no formula uses.
 */
export function compileExpression(tree: Expression, columns: readonly string[], macroOf: MacroOf): FormulaFunction {
  const part = compile(tree, columns, macroOf);
  return (...values) => {
    const value = part(values);
    return typeof value === 'number' && !Number.isNaN(value) ? value : null;
  };
}

function compile(node: Expression, names: readonly string[], macroOf: MacroOf): Part {
  const inner = (child: Expression) => compile(child, names, macroOf);
  switch (node.class) {
    case 'CONSTANT':
      return constant(node);
    case 'COLUMN_REF': {
      const index = names.indexOf(node.column_names!.at(-1)!);
      if (index < 0) throw new Error(`a formula names a column that it is not given: ${node.column_names!.join('.')}`);
      return (scope) => scope[index]!;
    }
    case 'CAST':
      return inner(node.child!);
    case 'CASE':
      return cases(node, inner);
    case 'CONJUNCTION':
      return conjunction(node.type, node.children!.map(inner));
    case 'COMPARISON':
      return comparison(node.type, inner(node.left!), inner(node.right!));
    case 'OPERATOR':
      return operator(node.type, node.children!.map(inner));
    case 'FUNCTION':
      return call(node.function_name!, node.children!.map(inner), macroOf);
    default:
      throw new Error(`a formula uses ${node.class}, which is not compiled`);
  }
}

function constant({ value }: Expression): Part {
  if (!value || value.is_null) return () => null;
  const scaled = Number(value.value) / 10 ** (value.type.id === 'DECIMAL' ? (value.type.type_info?.scale ?? 0) : 0);
  return () => scaled;
}

function cases({ case_checks: checks, else_expr: otherwise }: Expression, inner: (node: Expression) => Part): Part {
  const arms = checks!.map(({ when_expr, then_expr }) => [inner(when_expr), inner(then_expr)] as const);
  const last = inner(otherwise!);
  return (scope) => {
    for (const [when, then] of arms) if (when(scope) === true) return then(scope);
    return last(scope);
  };
}

function conjunction(type: string, parts: readonly Part[]): Part {
  const decisive = type === 'CONJUNCTION_OR';
  return (scope) => {
    let unknown = false;
    for (const part of parts) {
      const value = part(scope);
      if (value === decisive) return decisive;
      unknown ||= value === null;
    }
    return unknown ? null : !decisive;
  };
}

const comparisons: Record<string, (a: number, b: number) => boolean> = {
  COMPARE_EQUAL: (a, b) => a === b,
  COMPARE_NOTEQUAL: (a, b) => a !== b,
  COMPARE_LESSTHAN: (a, b) => a < b,
  COMPARE_GREATERTHAN: (a, b) => a > b,
  COMPARE_LESSTHANOREQUALTO: (a, b) => a <= b,
  COMPARE_GREATERTHANOREQUALTO: (a, b) => a >= b,
};

function comparison(type: string, left: Part, right: Part): Part {
  const compare = comparisons[type];
  if (!compare) throw new Error(`a formula compares by ${type}, which is not compiled`);
  return (scope) => {
    const [a, b] = [left(scope), right(scope)];
    return a === null || b === null ? null : compare(Number(a), Number(b));
  };
}

function operator(type: string, parts: readonly Part[]): Part {
  const [first] = parts as [Part];
  if (type === 'OPERATOR_IS_NULL') return (scope) => first(scope) === null;
  if (type === 'OPERATOR_IS_NOT_NULL') return (scope) => first(scope) !== null;
  if (type === 'OPERATOR_NOT')
    return (scope) => {
      const value = first(scope);
      return value === null ? null : !value;
    };
  if (type === 'OPERATOR_COALESCE')
    return (scope) => {
      for (const part of parts) {
        const value = part(scope);
        if (value !== null) return value;
      }
      return null;
    };
  throw new Error(`a formula uses ${type}, which is not compiled`);
}

type Binary = (a: number, b: number) => number;

/** Functions of two numbers that give NULL for NULL. */
const binary: Record<string, Binary> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  pow: (a, b) => a ** b,
};

/** Functions of one number that give NULL for NULL. */
const unary: Record<string, (a: number) => number> = {
  '+': (a) => a,
  '-': (a) => -a,
  sqrt: Math.sqrt,
  exp: Math.exp,
  ln: Math.log,
  abs: Math.abs,
};

/** LEAST and GREATEST: NULL is passed over. */
const choices: Record<string, Binary> = { least: Math.min, greatest: Math.max };

function ofTwo(apply: Binary, left: Part, right: Part): Part {
  return (scope) => {
    const a = left(scope);
    if (a === null) return null;
    const b = right(scope);
    return b === null ? null : apply(a as number, b as number);
  };
}

function ofOne(apply: (a: number) => number, part: Part): Part {
  return (scope) => {
    const a = part(scope);
    return a === null ? null : apply(a as number);
  };
}

function chosen(choose: Binary, left: Part, right: Part): Part {
  return (scope) => {
    const [a, b] = [left(scope), right(scope)];
    if (a === null || b === null) return a ?? b;
    return choose(a as number, b as number);
  };
}

function call(name: string, parts: readonly Part[], macroOf: MacroOf): Part {
  const [first, second] = parts as [Part, Part];
  if (parts.length === 2 && binary[name]) return ofTwo(binary[name], first, second);
  if (parts.length === 1 && unary[name]) return ofOne(unary[name], first);
  if (choices[name]) return parts.slice(1).reduce((left, right) => chosen(choices[name]!, left, right), first);
  if (name === 'nullif')
    return (scope) => {
      const [a, b] = parts.map((part) => part(scope)) as [Value, Value];
      return a === b ? null : a;
    };
  const macro = macroOf(name);
  if (!macro) throw new Error(`a formula calls ${name}, which is not compiled`);
  if (macro.parameters.length !== parts.length)
    throw new Error(`a formula calls ${name} with ${parts.length} arguments and it has ${macro.parameters.length}`);
  const body = compile(macro.body, macro.parameters, macroOf);
  return (scope) => body(parts.map((part) => part(scope)));
}
