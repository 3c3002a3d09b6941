/** Whether ten digits satisfy the NHS number's modulus 11 check (NHS Data Dictionary, NHS NUMBER). CHI and H&C numbers share the rule. */
export function passesModulus11(digits: string): boolean {
  if (!/^[0-9]{10}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += Number(digits[i]) * (10 - i);
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check === Number(digits[9]);
}

/** Whether ten digits are a Scottish CHI number: a date of birth as DDMMYY first, and the same check digit. */
export function isChiNumber(digits: string): boolean {
  const day = Number(digits.slice(0, 2));
  const month = Number(digits.slice(2, 4));
  return day >= 1 && day <= 31 && month >= 1 && month <= 12 && passesModulus11(digits);
}
