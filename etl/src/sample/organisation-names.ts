const first = ['River', 'Oak', 'Lime', 'Moor', 'Fern', 'Stone', 'Hazel', 'Brook', 'Ash', 'Heath', 'Holly', 'Kings', 'Mill', 'North', 'Orchard', 'Priory', 'Quarry', 'Rose', 'Summer', 'Thorn']; // prettier-ignore
const second = ['side', 'ford', 'field', 'dale', 'bridge', 'wick', 'mouth', 'gate', 'ley', 'combe', 'stead', 'haven'];

/** Invented place names: 240 of them before the first repeats. */
export function placeName(index: number): string {
  const turn = Math.floor(index / first.length);
  return first[index % first.length]! + second[(turn + (index % first.length)) % second.length]!;
}

const alphabet = '0123456789ABCDEFGHJKLMNPQRSTUVWXY';

/** Organisation code of the shape its nation uses, in ranges that no real organisation has. */
export function syntheticCode(nation: string, index: number): string {
  if (nation === 'scotland') return `SZ${String(index + 1).padStart(3, '0')}`;
  if (nation === 'wales') return `7Z${alphabet[index + 1]!}`;
  if (nation === 'northern_ireland') return `ZT9${String(index + 1).padStart(2, '0')}`;
  return `Z${alphabet[Math.floor(index / alphabet.length)]!}${alphabet[index % alphabet.length]!}`;
}

/** Label that says at sight that the organisation does not exist. */
export function syntheticLabel(nation: string, number: number): string {
  const noun = nation === 'scotland' || nation === 'wales' ? 'Health Board' : 'Trust';
  return `${placeName(number)} ${noun} ${String(number + 1).padStart(3, '0')} (synthetic)`;
}
