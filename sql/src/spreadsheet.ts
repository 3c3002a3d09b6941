/**
 * What a spreadsheet may run as a formula, as a pattern that JavaScript (flag u) and RE2 read alike: its signs, in full width and small form too, behind
 * blanks and characters that are not seen, and what some take for the end of a cell. See https://owasp.org/www-community/attacks/CSV_Injection.
 */
export const formula = '^[\\s\\p{C}\\p{Z}]*[=+\\-@＝＋－＠﹦﹢﹣﹫]|^[\\t\\r\\n]';
