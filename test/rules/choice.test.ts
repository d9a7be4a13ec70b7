// Issue 4.6: circles chosen by commune, EPCI, arrondissement, population, a pasted list; neighbours proposed.
import { describe, expect, test } from '@jest/globals';
import type { Commune } from '../../src/domain/communes.js';
import { byPopulation, neighbourProposals, readCommuneList, setCircle, withCommunes, type Circles } from '../../src/domain/outreach/choice.js';

const group = (code: string) => ({ code, name: `G ${code}` });
const commune = (code: string, name: string, over: Partial<Commune> = {}): Commune => ({
  code, name, departement: code.slice(0, 2), population: 1_000, arrondissement: group('763'), epci: group('e1'), ...over,
});
const COMMUNES = [
  commune('76540', 'Rouen', { population: 114_000 }), commune('76212', 'Darnétal'), commune('76108', 'Bois-Guillaume', { epci: group('e2') }),
  commune('76351', 'Le Havre', { arrondissement: group('762'), epci: group('e3'), population: 166_000 }),
  commune('76575', 'Saint-Étienne-du-Rouvray', { epci: null, arrondissement: null }), commune('76591', 'Saint-Jean'), commune('27545', 'Saint-Jean', { epci: group('e9') }),
  commune('76000', 'Piège-Postal'),
];
const read = (text: string) => readCommuneList(text, COMMUNES);

describe('a pasted list', () => {
  test('names or codes, one a line or several between commas, semicolons and tabs, each once', () => {
    expect(read('76540\nDarnetal\r\n bois guillaume ; 76351\tst etienne du rouvray\n\n«Rouen»')).toEqual({ codes: ['76540', '76212', '76108', '76351', '76575'], unread: [] });
  });

  test('a line with a code is one commune, whatever else stands on it', () => {
    expect(read('76540;Rouen;Seine-Maritime;6e circonscription')).toEqual({ codes: ['76540'], unread: [] });
    expect(read('Rouen (76540)\n76212 Darnétal')).toEqual({ codes: ['76540', '76212'], unread: [] });
  });

  test('several codes on one line, « Havre (Le) », a name in capitals', () => {
    expect(read('76540 76212, 76108')).toEqual({ codes: ['76540', '76212', '76108'], unread: [] });
    expect(read('Havre (Le)\nROUEN')).toEqual({ codes: ['76351', '76540'], unread: [] });
  });

  test('what is not understood is said line by line, and the others are kept', () => {
    expect(read('Rouen\nRouan\n99999\n=1+1')).toEqual({
      codes: ['76540'], unread: [{ line: 2, text: 'Rouan', among: [] }, { line: 3, text: '99999', among: [] }, { line: 4, text: '=1+1', among: [] }],
    });
  });

  test('homonyms ask which; their code answers', () => {
    expect(read('Saint-Jean')).toEqual({ codes: [], unread: [{ line: 1, text: 'Saint-Jean', among: ['76591', '27545'] }] });
    expect(read('27545 Saint-Jean')).toEqual({ codes: ['27545'], unread: [] });
  });

  test('a postal code that is another commune’s official code asks which; one that is nobody’s lets the name speak', () => {
    expect(read('76000 Rouen')).toEqual({ codes: [], unread: [{ line: 1, text: '76000 Rouen', among: ['76000', '76540'] }] });
    expect(read('76999 Rouen')).toEqual({ codes: ['76540'], unread: [] });
  });

  test('nothing pasted, or a whole book, reads without harm', () => {
    expect(read(' \n;;\n\t')).toEqual({ codes: [], unread: [] });
    expect(read('x'.repeat(100_000)).unread).toHaveLength(1);
  });
});

describe('two circles', () => {
  const both: Circles = { circle1: ['76540'], circle2: ['76212', '76108'] };

  test('48.1 what circle 1 gains circle 2 loses; what circle 1 has circle 2 does not take', () => {
    expect(withCommunes(both, 1, ['76212', '76540'])).toEqual({ circle1: ['76540', '76212'], circle2: ['76108'] });
    expect(withCommunes(both, 2, ['76540', '76351'])).toEqual({ circle1: ['76540'], circle2: ['76212', '76108', '76351'] });
  });

  test('said anew, a circle is what was said', () => {
    expect(setCircle(both, 1, ['76108'])).toEqual({ circle1: ['76108'], circle2: ['76212'] });
    expect(setCircle(both, 2, [])).toEqual({ circle1: ['76540'], circle2: [] });
  });

  test('by population: at least, at most, both, neither', () => {
    expect(byPopulation(COMMUNES, 100_000, undefined)).toEqual(['76540', '76351']);
    expect(byPopulation(COMMUNES, 100_000, 120_000)).toEqual(['76540']);
    expect(byPopulation(COMMUNES, undefined, 0)).toEqual([]);
    expect(byPopulation(COMMUNES, undefined, undefined)).toHaveLength(COMMUNES.length);
  });

  test('circle 2 is proposed from the EPCI and the arrondissement of circle 1, the smaller group first, without those in a circle', () => {
    expect(neighbourProposals(COMMUNES, { circle1: ['76540'], circle2: ['76000'] })).toEqual([
      { why: 'epci', code: 'e1', name: 'G e1', communes: ['76212', '76591'] },
      { why: 'arrondissement', code: '763', name: 'G 763', communes: ['76212', '76108', '76591', '27545'] },
    ]);
  });

  test('those that border on circle 1 come first, where contours are known', () => {
    const proposals = neighbourProposals(COMMUNES, { circle1: ['76540'], circle2: ['76212'] }, ['76212', '76575', '76540']);
    expect(proposals[0]).toEqual({ why: 'border', code: '', name: '', communes: ['76575'] });
    expect(proposals.slice(1).map(({ why }) => why)).toEqual(['epci', 'arrondissement']);
    expect(neighbourProposals(COMMUNES, { circle1: ['76540'], circle2: [] }, ['76540'])[0]?.why).toBe('epci');
  });

  test('overseas without arrondissement, or when nobody is left, nothing is proposed', () => {
    expect(neighbourProposals(COMMUNES, { circle1: ['76575'], circle2: [] })).toEqual([]);
    expect(neighbourProposals(COMMUNES, { circle1: [], circle2: [] })).toEqual([]);
    expect(neighbourProposals(COMMUNES, { circle1: ['76351'], circle2: [] })).toEqual([]);
  });
});
