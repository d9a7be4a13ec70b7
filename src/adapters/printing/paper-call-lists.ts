import { CallListPrinter, type CallList } from '../../application/outreach/call-lists.js';
import { callListCsv } from './call-list-csv.js';
import { callListPdf, type Typeface } from './call-list-pdf.js';

/** Call lists on paper, and for a spreadsheet. */
export class PaperCallLists extends CallListPrinter {
  constructor(private readonly typeface: Typeface) {
    super();
  }

  override pdf(list: CallList): Promise<Uint8Array> {
    return callListPdf(list, this.typeface);
  }

  override csv(list: CallList): string {
    return callListCsv(list);
  }
}
