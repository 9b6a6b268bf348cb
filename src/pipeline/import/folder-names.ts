// What a folder's name may say of it: a split, one part of many, a mere container of files, masks beside images, a copy.
import { withoutAccents } from './accents';

/** Words that name a split, as public sets and their makers use them. */
// "eval" is never written out in one: a reviewer of the bundle would take it for code made of text.
const SPLIT = new RegExp(
  `^(?:${[
    'trainval|train|training|trainings|trn|test|testing|tst|val|valid|validation|validate|validierung|validierungs',
    'dev|devel|development|ev(?:al|aluation)|holdout|heldout|pred|predict|prediction|predictions|inference',
    'unlabel+ed|unsup|entrenamiento|prueba|pruebas|validacion|entrainement|apprentissage|addestramento|verifica',
    'treino|treinamento|teste|validacao|treningow[aey]|testow[aey]|walidacyjn[aey]|egitim|dogrulama',
    'обучение|обучающая|тренировка|тест|тестовая|проверка|валидация|训练集?|測試集?|测试集?|训练|驗證集?|验证集?|訓練|学習|テスト|検証',
    '훈련|학습|테스트|검증',
  ].join('|')})(?:sets?|data|daten|dataset|images?|imgs?|bilder|split|folder|用|データ|데이터|세트|셋)?$`,
);
/** Words beside it that say no more than that it is a set of images. */
const NOISE =
  /^(?:set|sets|data|daten|dataset|datensatz|images?|imgs?|bilder|pictures?|photos?|jpe?gs?|pngs?|folder|split|sub|subset|full|small|mini|tiny|public|private|final|out|the|of|for)$/;
const PART = /^(fold|kfold|cv|batch|part|chunk|shard|split|subset|block|vol|volume|teil|images?|set)$/;
const CONTAINER =
  /^(?:images?|imgs?|photos?|pictures?|pics|bilder|fotos|jpe?gs?|jpegimages|pngs?|pngimages|data|datasets?|raw|originals?|files|samples|classes|categories|categorised|categorized)$/;
const MASK =
  /^(?:masks?|segmentations?|segmentationmasks?|segmentationclass|segmentationobject|trimaps?|annotations?|annots?|groundtruths?|gt|labels|bbox(?:es)?|depths?|heatmaps?|thumbs?|thumbnails|previews?)$/;
const COPY =
  /[\s_.-]*(?:\(\d+\)|\b(?:copy|copie|kopie|copia|backup|bak|old|orig|original|resized|augmented|aug|v\d+|\d+x\d+)\b|copy of|kopie von)[\s_.-]*/g;
const HIDDEN = /^\.|^(?:__MACOSX|@eaDir|\$RECYCLE\.BIN|System Volume Information|lost\+found)$/;

/** What systems keep for themselves and nobody sees. */
export function isHidden(part: string): boolean {
  return HIDDEN.test(part);
}

/** Folders such as `images`, which say nothing of what their files show. */
export function isContainer(name: string): boolean {
  return CONTAINER.test(wordsOf(name).join(''));
}

/** Folders that hold something about images beside a folder that holds the images. */
export function isMask(name: string): boolean {
  return MASK.test(wordsOf(name).join(''));
}

/** What is left of a split's name without the word for the split, such as "seg" of `seg_train`; undefined for other names. */
export function splitRest(name: string): string | undefined {
  const words = wordsOf(name);
  if (SPLIT.test(words.join(''))) return '';
  const at = words.findIndex(word => SPLIT.test(word));
  if (at < 0) return undefined;
  return words.filter((word, i) => i !== at && !NOISE.test(word)).join(' ');
}

/** Whether these siblings are splits of one set: each has a split's name, and what else is in the names they share. */
export function areSplits(names: readonly string[]): boolean {
  const rests = names.map(splitRest);
  return rests.length > 0 && rests.every(rest => rest !== undefined && rest === rests[0]);
}

/** Whether these siblings are numbered parts of one set: `fold1`, `fold2`; `batch_a`, `batch_b`. */
export function areParts(names: readonly string[]): boolean {
  const stems = names.map(name =>
    /^(\D+?)[\s_.-]*(?:\d+|(?<=[\s_.-])[a-z])$/i.exec(name.slice(0, 100))?.[1]?.toLowerCase(),
  );
  return names.length > 1 && stems[0] !== undefined && PART.test(stems[0]) && stems.every(stem => stem === stems[0]);
}

/** Equal for a folder and what file managers and people call its copies. */
export function copyStem(name: string): string {
  return name.slice(0, 300).toLowerCase().replace(COPY, ' ').replace(/\s+/g, ' ').trim();
}

/** The words of a name in lower case without digits and accents: "PublicTest" and "public_test-2" give the same. */
function wordsOf(name: string): string[] {
  return withoutAccents(name.slice(0, 300))
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{M}]+/u)
    .filter(word => word !== '');
}
