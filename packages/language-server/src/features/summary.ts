import { type Summary, summary } from '@groundplan/ide';
import type { DocumentParams } from '../answer.js';
import { summaryRequest } from '../protocol.js';
import type { Feature } from './index.js';

export const summaryFeature: Feature = ({ connection, answers }) => {
  connection.onRequest(
    summaryRequest,
    answers.about<DocumentParams, Summary | null>(null, ({ snapshot }) => summary(snapshot)),
  );
  return {};
};
