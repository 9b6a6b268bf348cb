// How far the dataset is from being learnt, read again as it changes; undefined while it is read or a training runs.
import { readStanding, type Standing } from '../../workers/standing';
import { useRead } from '../app/read';
import { backbone, model, samplesVersion } from '../app/state';
import { lookedAtAll } from './looking-ahead';
import { choice, training } from './training';

export function useStanding(): Standing | undefined {
  const stores = [samplesVersion, backbone, model, lookedAtAll];
  const { value, fresh } = useRead(stores, () => readStanding(choice.value), [
    choice.value,
    training.value !== undefined,
  ]);
  return fresh && !training.value ? value : undefined;
}
