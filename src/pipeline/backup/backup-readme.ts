// The note inside a backup, for whoever opens the file without Gleaner.
import type { BackupWithout } from './backup-entries';
import type { Manifest } from './format';

/** What each is called, one of them and several. */
const NAMES: Record<keyof Without, [string, string]> = {
  unreadable: ['image that could not be read', 'images that could not be read'],
  images: [
    'image whose label is not in it or whose row no restore would accept',
    'images whose label is not in it or whose row no restore would accept',
  ],
  labels: ['label with its images', 'labels with their images'],
  harvests: ['entry of the harvest log', 'entries of the harvest log'],
  jobs: ['known address', 'known addresses'],
  models: ['trained model', 'trained models'],
};
type Without = BackupWithout & { unreadable: number };

/** @param without  what is not in any of the parts: known with the last, and told there */
export function backupReadme(
  manifest: Manifest,
  images: number,
  without: Without,
  generator: string,
  savedAt: Date,
): string {
  const parts =
    manifest.last && manifest.part === 1
      ? ''
      : `This is part ${manifest.part}${manifest.last ? ', the last' : ''}. Restore every part, in any order.\n\n`;
  return `# Backup of a Gleaner project

Saved by ${generator} on ${savedAt.toISOString()}. Choose *Export → Backup → Restore…* in Gleaner to bring it back, into an empty
project or into one that holds images already.

${parts}| what | where |
|---|---|
| ${images === 1 ? '1 image' : `${images} images`} as downloaded | \`images/<SHA-256 of the bytes>\` |
| labels, samples with their splits and where each is from, harvests, known addresses, trained models | \`<table>/*.jsonl\`, one JSON object a line |
| numbers of models and cached features | \`*.f32\`, 32-bit floats, little-endian |
| settings, and the hash of every table | \`backup.json\` |

Deleted images and labels are not in it; their addresses stay known where their label lives on. Nor are the weights of the network:
the built-in ones come with Gleaner, others have to be downloaded or chosen again. The licences of the images are unknown, but where a page named one it stands with the image.
${manifest.last ? leftOut(without) : ''}`;
}

function leftOut(without: Without): string {
  const lines = (Object.keys(NAMES) as (keyof Without)[]).flatMap(what => {
    const count = without[what] ?? 0;
    return count > 0 ? `- ${count} ${NAMES[what][count === 1 ? 0 : 1]}` : [];
  });
  return lines.length > 0 ? `\nLeft out when it was made:\n\n${lines.join('\n')}\n` : '';
}
