import { describe, expect, it } from 'vitest';
import { inside } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';

const { anyone } = await openCounty();

describe('一个位置属于哪里', () => {
  const locate = (lon: number | string, lat: number | string, datum = 'wgs84') =>
    anyone.get(`/api/locate?lon=${lon}&lat=${lat}&datum=${datum}`);
  const here = inside(0, 0);

  it('网格里面', async () => {
    expect((await locate(here.lon, here.lat)).body.area).toMatchObject({
      name: '二运第一网格',
      path: ['安澜县', '城东街道', '二运社区', '二运第一网格'],
    });
    expect((await locate(inside(1, 3).lon, inside(1, 3).lat)).body.area.name).toBe('渡口第二网格');
  });

  it('正在边界上：总归一家，并说离边界零米、隔壁是谁', async () => {
    const { body } = await locate(112.905, here.lat);
    expect(['二运第一网格', '二运第二网格']).toContain(body.area.name);
    expect(body.borderM).toBeLessThan(0.1);
    expect([body.area.name, body.neighbour.name].sort()).toEqual(['二运第一网格', '二运第二网格'].sort());
  });

  it('本县以外', async () => {
    expect(await locate(116.4, 39.9)).toMatchObject({
      status: 422,
      body: {
        code: 'area.point_outside',
        title: '这个位置不在本县范围内',
        detail: expect.stringContaining('其他内容都还在'),
      },
    });
    expect((await locate(0, 0)).body.code).toBe('area.point_outside');
  });

  it('经纬度写反了：说写反了，并给出对的次序', async () => {
    expect(await locate(here.lat, here.lon)).toMatchObject({
      status: 422,
      body: {
        code: 'area.point_swapped',
        title: '经度和纬度好像写反了',
        detail: expect.stringContaining(`经度在前（约 ${here.lon.toFixed(3)}）`),
      },
    });
  });

  it('GCJ-02 的坐标先换算：同一地点，不换算就落到别的网格', async () => {
    // 二运第一网格 as a Chinese map shows it: some 650 m to the south-east of where it is.
    const shown = { lon: 112.90739, lat: 28.09947 };
    expect((await locate(shown.lon, shown.lat, 'gcj02')).body.area.name).toBe('二运第一网格');
    expect((await locate(shown.lon, shown.lat)).body.area?.name).not.toBe('二运第一网格');
  });

  it.each([
    ['abc', 28],
    ['', ''],
    ['NaN', 28],
    ['Infinity', 28],
    ['181', 28],
    ['112.9', '181'],
    ['1e400', '1'],
  ])('lon=%s lat=%s:说哪里不对，不出错', async (lon, lat) => {
    const reply = await locate(lon, lat);
    expect(reply.status).toBe(422);
    expect(['input.invalid', 'area.point_outside']).toContain(reply.body.code);
  });

  it('没有这种坐标系', async () => {
    expect((await locate(here.lon, here.lat, 'mars')).body.errors[0].says).toContain('gcj02');
  });
});
