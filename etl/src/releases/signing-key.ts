import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { keyName, publicKeysOf } from '@ahp/sql/signed-manifest';
import { Refusal } from '../refusal.ts';
import { writeAtomically } from './durable.ts';

/** File of the public keys that readers of the releases check manifests by: PEM, one or more. */
export const publicKeyFile = (data: string): string => join(data, 'releases', 'public-key.pem');

const privateKeyFile = (data: string): string => join(data, 'signing-key.pem');

/**
 * The private key that signs manifests: the PEM text of AHP_SIGNING_KEY, or `signing-key.pem` beside the secret, which is made
 * (readable by its owner alone) for a folder that has no key yet. Its public half is written to `releases/public-key.pem` then.
 * Throws Refusal when the key is missing, unreadable, exposed, or not one that readers know.
 */
export function signingKey(data: string, text = process.env.AHP_SIGNING_KEY): KeyObject {
  const key = text ? parse(text, 'AHP_SIGNING_KEY') : fromFile(data);
  const publicKey = createPublicKey(key);
  const known = publicKeys(data);
  if (known.length === 0)
    writeAtomically(publicKeyFile(data), String(publicKey.export({ type: 'spki', format: 'pem' })));
  else if (!known.some((one) => keyName(one) === keyName(publicKey)))
    throw new Refusal(
      'signing_key_unknown',
      `the signing key is not among those of ${publicKeyFile(data)}: set the right one, or, if it replaces the old one on purpose, add its public half there with \`openssl pkey -in ${privateKeyFile(data)} -pubout >> ${publicKeyFile(data)}\`.`,
    );
  return key;
}

/** The public keys of a data folder; none before the first release. Throws Refusal `public_key_damaged`. */
export function publicKeys(data: string): KeyObject[] {
  const path = publicKeyFile(data);
  if (!existsSync(path)) return [];
  try {
    return publicKeysOf(readFileSync(path, 'utf8'));
  } catch {
    throw new Refusal('public_key_damaged', `${path} holds no Ed25519 public key: put it back from a backup.`);
  }
}

function fromFile(data: string): KeyObject {
  const path = privateKeyFile(data);
  if (!existsSync(path)) {
    if (publicKeys(data).length > 0)
      throw new Refusal(
        'signing_key_missing',
        `${path} is missing, and the releases of ${data} are signed: put it back from a backup, or set AHP_SIGNING_KEY.`,
      );
    const { privateKey } = generateKeyPairSync('ed25519');
    writeAtomically(path, String(privateKey.export({ type: 'pkcs8', format: 'pem' })), 0o600);
    return privateKey;
  }
  const { mode, uid } = statSync(path);
  if (mode & 0o077 || (process.getuid && uid !== process.getuid()))
    throw new Refusal('signing_key_exposed', `${path} can be read by others: make it yours and run chmod 600 on it.`);
  return parse(readFileSync(path, 'utf8'), path);
}

function parse(pem: string, where: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below, without a word of what the text holds.
  }
  throw new Refusal(
    'signing_key_unreadable',
    `${where} is no Ed25519 private key in PEM: \`openssl genpkey -algorithm ed25519\` makes one.`,
  );
}
