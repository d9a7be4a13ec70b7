import type { Speech } from '../../../application/outreach/telephony.js';

/** A neural voice of fr-FR; without its name an old synthetic one would speak. */
const VOICE = 'language="fr-FR" voice="Polly.Lea-Neural"';
const PAUSE = '<Pause length="1"/>';
/** What Twilio takes: one `Say` (error 13520), and a document (error 11750). */
export const SENTENCE_CHARACTERS = 4_000;
export const DOCUMENT_BYTES = 64 * 1024;

/**
 * What is said, and again until a key comes: the repetitions are written out, so that Twilio need not ask us in between. Keys are
 * heard while the voice speaks. Throws RangeError where Twilio would refuse the document and say so to who answers, in English.
 */
export function voiceDocument({ say, awaits }: Speech, keysAddress: (token: string) => string): string {
  const long = say.find((sentence) => sentence.length > SENTENCE_CHARACTERS);
  if (long !== undefined) throw new RangeError(`a sentence of ${long.length} characters, more than ${SENTENCE_CHARACTERS}`);
  const spoken = say.map((sentence) => `<Say ${VOICE}>${escaped(sentence)}</Say>`).join(PAUSE);
  const document = response(awaits ? asked(spoken, awaits, keysAddress(awaits.token)) : spoken, '<Hangup/>');
  const bytes = Buffer.byteLength(document);
  if (bytes > DOCUMENT_BYTES) throw new RangeError(`a document of ${bytes} bytes, more than ${DOCUMENT_BYTES}`);
  return document;
}

export function messageDocument(text: string | undefined): string {
  return response(text === undefined ? '' : `<Message>${escaped(text)}</Message>`);
}

function asked(spoken: string, { digits, seconds, times }: NonNullable<Speech['awaits']>, address: string): string {
  // Of one key each is an answer, # too; a code may be ended by it.
  const ends = digits === 1 ? ' finishOnKey=""' : '';
  const gather = `<Gather input="dtmf" numDigits="${digits}" timeout="${seconds}"${ends} action="${escaped(address)}" method="POST">${spoken}</Gather>`;
  return gather.repeat(Math.max(1, times));
}

function response(...verbs: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs.join('')}</Response>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** XML has no way to write control characters, nor half of a pair: they go. */
function escaped(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').replace(/[&<>"']/g, (one) => ENTITIES[one]!);
}
