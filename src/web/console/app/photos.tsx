import { UploadOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Image, Select, Space, Upload } from 'antd';
import { useState } from 'react';
import type { Taken } from '../../../domains/work/photos/photo.model.ts';
import { type Stage, stages } from '../../../domains/work/photos/stage.model.ts';
import { newCommandId, upload } from '../../api/call.ts';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';
import { Note } from './note.tsx';
import { Previews } from './previews.tsx';
import { type Case, type Photo, usePhotos } from './questions.ts';

/** Before and after side by side, by the step at which they were taken. */
export function Photos({ file }: { file: Case }) {
  const { t } = useFrame();
  const { data: photos = [] } = usePhotos(file.id);
  const names = (Object.keys(stages) as Stage[]).filter((stage) => photos.some((photo) => photo.stage === stage));
  return (
    <section>
      <h2>{t('照片', 'Photos')}</h2>
      <Image.PreviewGroup>
        <div className="shots">
          {names.map((stage) => (
            <Shots key={stage} stage={stage} photos={photos.filter((photo) => photo.stage === stage)} />
          ))}
        </div>
      </Image.PreviewGroup>
      <Previews caseId={file.id} />
      <AddPhotos caseId={file.id} />
    </section>
  );
}

function Shots({ stage, photos }: { stage: Stage; photos: readonly Photo[] }) {
  const { say, when } = useFrame();
  return (
    <figure>
      <div>
        {photos.map(({ id }) => (
          <Image
            key={id}
            src={`/api/photos/${id}/thumb`}
            preview={{ src: `/api/photos/${id}` }}
            alt={say(stages[stage])}
          />
        ))}
      </div>
      <figcaption className="soft small">
        {say(stages[stage])} · <span className="number">{when(photos[0]?.addedAt ?? '')}</span>
      </figcaption>
    </figure>
  );
}

function AddPhotos({ caseId }: { caseId: string }) {
  const { t, say } = useFrame();
  const store = useQueryClient();
  const [stage, setStage] = useState<Stage>('measure');
  const [error, setError] = useState<unknown>(null);
  const [refused, setRefused] = useState<readonly Taken[]>([]);
  const [isBusy, setBusy] = useState(false);
  const send = async (files: readonly File[]): Promise<void> => {
    const form = new FormData();
    form.set('stage', stage);
    form.set('commandId', newCommandId());
    for (const file of files) form.append('photos', file);
    setBusy(true);
    setError(null);
    try {
      const { photos } = await upload<{ photos: Taken[] }>(`/api/casefiles/${caseId}/photos`, form);
      setRefused(photos.filter(({ problem }) => problem !== null));
    } catch (failed) {
      setError(failed);
    }
    setBusy(false);
    await store.invalidateQueries({ queryKey: ['case', caseId] });
  };
  const options = (Object.keys(stages) as Stage[])
    .filter((one) => one !== 'report')
    .map((one) => ({ value: one, label: say(stages[one]) }));
  return (
    <>
      <Space>
        <Select aria-label={t('哪一步', 'Of which step')} value={stage} options={options} onChange={setStage} />
        <Upload
          accept="image/jpeg,image/png,image/webp"
          multiple
          maxCount={6}
          showUploadList={false}
          beforeUpload={(file, all) => {
            if (file === all[0]) void send(all.slice(0, 6));
            return false;
          }}
        >
          <Button icon={<UploadOutlined />} loading={isBusy}>
            {t('加照片', 'Add photos')}
          </Button>
        </Upload>
      </Space>
      <FaultBox error={error} />
      {refused.length > 0 && (
        <Note tone="late" title={t('有照片没有保存，其余已保存', 'Some photos were not saved, the others are')}>
          <ul>
            {refused.map(({ index, name, problem }) => (
              <li key={index}>
                <strong>{name}</strong> {problem && `${say(problem.title)} ${say(problem.hint)}`}
              </li>
            ))}
          </ul>
        </Note>
      )}
    </>
  );
}
