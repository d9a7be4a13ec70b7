/* What an SMS weighs: 160 characters in GSM-7 and 153 each when there are several; 70 and 67 as soon as one character is not in it. */

const GSM7 = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà');
/** Of its extension table: they weigh two. */
const GSM7_TWO = new Set('^{}\\[~]|€');

/** What French writes and GSM-7 does not know, said with what it knows: nothing else is changed. */
const SPELT: Record<string, string> = {
  'ç': 'c', 'ê': 'e', 'â': 'a', 'î': 'i', 'ô': 'o', 'û': 'u', 'ë': 'e', 'ï': 'i', 'ÿ': 'y', 'œ': 'oe', 'À': 'A', 'È': 'E', 'Ê': 'E', 'Ë': 'E', 'Â': 'A', 'Î': 'I', 'Ï': 'I',
  'Ô': 'O', 'Û': 'U', 'Ù': 'U', 'Œ': 'OE', '«': '"', '»': '"', '’': "'", '‘': "'", '“': '"', '”': '"', '–': '-', '—': '-', '…': '...', '\u00a0': ' ', '\u202f': ' ', '\u2009': ' ', '•': '-', '\t': ' ',
};

/** Transliterated under control (domain.md part 7): a text of 160 characters stays one segment. */
export function smsSpelling(text: string): string {
  return [...text.normalize('NFC')].map((char) => SPELT[char] ?? char).join('').replace(/" ([^"]*) "/g, '"$1"').replace(/ +/g, ' ');
}

export interface SmsWeight {
  characters: number;
  segments: number;
  encoding: 'GSM-7' | 'UCS-2';
  /** What forces 70 characters a segment. */
  forcing: string[];
}

export function smsWeight(text: string): SmsWeight {
  const forcing = [...new Set([...text].filter((char) => !GSM7.has(char) && !GSM7_TWO.has(char)))];
  if (forcing.length > 0) return { characters: text.length, segments: text.length <= 70 ? 1 : Math.ceil(text.length / 67), encoding: 'UCS-2', forcing };
  const characters = [...text].reduce((sum, char) => sum + (GSM7_TWO.has(char) ? 2 : 1), 0);
  return { characters, segments: characters <= 160 ? 1 : Math.ceil(characters / 153), encoding: 'GSM-7', forcing };
}
