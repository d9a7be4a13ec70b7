import { Printer, type ExportNotes, type HourPage, type PaperPlan } from '../../application/ports.js';
import { dayTime } from '../../contract/french-times.js';
import { count, fr } from '../../contract/french-typography.js';
import { markedText } from '../../domain/exercise-mark.js';
import { renderHourPage } from './hour-page.js';
import { OWN_PAGE_STYLE, renderOwnPage } from './own-page.js';
import { renderPaperPlan } from './paper-plan.js';

/** Pages of plain HTML, one file each. */
export class HtmlPrinter extends Printer {
  override hourPage(page: HourPage): string {
    return renderHourPage(page);
  }

  override paperPlan(page: PaperPlan): string {
    return renderPaperPlan(page);
  }

  override ownPage(page: Parameters<Printer['ownPage']>[0]): string {
    return renderOwnPage(page);
  }

  override ownPageStyle(): string {
    return OWN_PAGE_STYLE;
  }

  override exportNotes({ activation, lane, prefecture, page, upTo, head, exportedAt, timeZone, contents, withheld }: ExportNotes): string {
    const lines = [
      `Preuves d'une activation, ${prefecture}`,
      `Activation ${activation}, exportée le ${dayTime(exportedAt, timeZone)} (${timeZone}), ${count(upTo, 'entrée')}.`,
      `Empreinte de la dernière entrée : ${head}`,
      '',
      'Vérifier, avec Node (20.11 ou plus) et rien d\'autre :',
      '    node verify.mjs                       dans le dossier décompressé, ou',
      '    node verify.mjs archive.zip --head EMPREINTE',
      'où EMPREINTE est celle que porte une page imprimée ou un courriel de clôture : sans elle, rien ne montre',
      "qu'on n'a pas coupé la fin du journal.",
      '',
      'journal.ndjson   les entrées, telles qu\'elles sont enregistrées, et leurs empreintes',
      contents ? 'vault.ndjson     les textes que nomment les entrées, avec leur sel' : 'vault.ndjson     vide : cet export est fait sans les textes',
      'files.ndjson     les fichiers joints : empreinte, sel, nom, type ; leurs octets sont dans vault/',
      `${page}`,
      '                 la page de l\'heure, à lire ou à imprimer',
      'manifest.json    ce que contient cet export, et ce qu\'il retient',
      '',
      withheld === 0 ? "Rien n'a été retenu." : `${count(withheld, 'contenu retenu', 'contenus retenus')} : le lecteur n'y a pas droit, ou l'a voulu ainsi.`,
      'Un texte effacé (RGPD) est absent ; l\'entrée qui l\'efface est au journal, et la chaîne reste entière.',
    ];
    return `${markedText(lane, lines.map((line) => (line.startsWith('    ') ? line : fr(line))).join('\n'))}\n`;
  }
}
