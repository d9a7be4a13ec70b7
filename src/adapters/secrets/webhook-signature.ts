import { createHmac } from 'node:crypto';
import { WebhookSigner } from '../../application/webhooks/sender.js';

const PREFIX = 'whsec_';

/** Symmetric signatures of Standard Webhooks (v1): HMAC-SHA256 over "id.timestamp.body". */
export class StandardSigner extends WebhookSigner {
  override secret(hex: string): string {
    return PREFIX + Buffer.from(hex, 'hex').toString('base64');
  }

  override signature(secret: string, content: string): string {
    return `v1,${createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64')).update(content).digest('base64')}`;
  }
}
