import { readFormView } from '../../domains/land/registry/forms/read_form.model.ts';
import { campaignOpeners } from '../../domains/work/campaigns/campaign.model.ts';
import { type Endpoint, procedure } from '../../kernel/endpoint.ts';
import { requireWholeFile } from '../workbooks/ledger_file.routes.ts';
import { readXlsform } from './xlsform.outside.ts';

/** An XLSForm becomes questions that a campaign can ask; nothing is kept until it is opened. */
export const xlsformRoutes: readonly Endpoint[] = [
  procedure({
    name: 'form.read_xlsform',
    method: 'POST',
    path: '/api/forms/xlsform',
    summary: {
      zh: '读一份 XLSForm：成了哪些问题，哪些格子不支持',
      en: 'Read an XLSForm: its questions, and what is not held',
    },
    access: [{ roles: campaignOpeners }],
    lane: 'bulk',
    files: 1,
    output: readFormView,
    handle: async (_runtime, { files: [file] }) => {
      requireWholeFile(file);
      return readXlsform(file.bytes);
    },
  }),
];
