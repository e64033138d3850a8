import { urgentHours, workingDays } from '../../../domains/work/calendars/limit.model.ts';
import { condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { likeMissingCover, proposal } from '../sources.ts';

export const roadFurniture = under(majors.roads, [
  {
    code: 'bus-stop',
    name: { zh: '公交站亭站牌', en: 'Bus stop' },
    answersTo: 'transport',
    conditions: [
      condition(
        'bus-stop-hazard',
        { zh: '玻璃破碎、顶棚松脱或漏电', en: 'Broken glass, loose roof or electric leakage' },
        urgentHours(2),
        { zh: '碎玻璃清净，松脱部分拆除或固定，不漏电', en: 'Glass cleared, loose parts off or fixed, no leakage' },
        likeMissingCover,
      ),
      condition(
        'bus-stop-wrong',
        { zh: '设施安全，站牌缺失或线路与实际不符', en: 'Safe, but sign missing or bus lines out of date' },
        workingDays(5),
        { zh: '站牌与现行线路一致', en: 'Sign matches the lines in service' },
        proposal,
      ),
    ],
  },
  {
    code: 'bollard',
    name: { zh: '阻车桩与减速带', en: 'Bollard and speed hump' },
    answersTo: 'municipal-works',
    alsoNeeds: ['property-company'],
    conditions: [
      condition(
        'bollard-sharp',
        { zh: '断桩、螺栓外露，会绊人扎胎', en: 'Stump or bolts sticking out: trips people, tears tyres' },
        workingDays(1),
        { zh: '尖锐部分拆除或补齐', en: 'Sharp parts removed or replaced' },
        proposal,
      ),
      condition(
        'bollard-too-close',
        { zh: '桩体完好，间距过窄，轮椅童车过不去', en: 'Sound, but too close for wheelchairs and prams' },
        workingDays(5),
        { zh: '轮椅能通过，机动车仍被拦住', en: 'A wheelchair passes, cars do not' },
        proposal,
      ),
    ],
  },
  {
    code: 'street-nameplate',
    name: { zh: '路名牌与门楼牌', en: 'Street and house nameplate' },
    answersTo: 'civil-affairs',
    alsoNeeds: ['police'],
    conditions: [
      condition(
        'street-nameplate-falling',
        { zh: '牌体松脱，可能坠落伤人', en: 'Loose, may fall on someone' },
        urgentHours(4),
        { zh: '牌体固定或取下', en: 'Fixed or taken down' },
        proposal,
      ),
      condition(
        'street-nameplate-wrong',
        { zh: '无坠落危险，缺失、字迹不清或名称不符', en: 'Nothing falling, missing, illegible or a wrong name' },
        workingDays(10),
        { zh: '牌上名称与标准地名一致', en: 'Shows the standard place name' },
        proposal,
      ),
    ],
  },
  {
    code: 'rural-road',
    name: { zh: '乡村公路', en: 'Rural road' },
    answersTo: 'transport',
    alsoNeeds: ['township'],
    conditions: [
      condition(
        'rural-road-edge-gone',
        { zh: '路基缺口，余宽过不了一辆小车', en: 'Roadbed broken away, too narrow left for a car' },
        urgentHours(24),
        { zh: '能过一辆小车，缺口有防护和夜间警示', en: 'A car can pass, gap guarded and lit at night' },
        proposal,
      ),
      condition(
        'rural-road-edge-worn',
        { zh: '路肩塌缺，小车仍能通过', en: 'Shoulder broken away, a car still passes' },
        workingDays(10),
        { zh: '路肩补齐，排水通畅', en: 'Shoulder complete, water runs off' },
        proposal,
      ),
      condition(
        'rural-road-potholes',
        { zh: '路肩完整，百米内坑槽五处及以上', en: 'Shoulder whole, five or more potholes in 100 m' },
        workingDays(15),
        { zh: '坑槽全部填平', en: 'All potholes filled' },
        proposal,
      ),
    ],
  },
  {
    code: 'underpass-signs',
    name: { zh: '下穿通道警示设施', en: 'Underpass warning equipment' },
    answersTo: 'municipal-works',
    alsoNeeds: ['traffic-police', 'drainage'],
    conditions: [
      condition(
        'underpass-signs-rain',
        { zh: '正在下雨或有暴雨预警，水位警示或拦车杆失灵', en: 'Rain or a rain warning, depth sign or barrier dead' },
        urgentHours(2),
        { zh: '设施恢复；恢复前有人值守拦车', en: 'Working again; until then someone stood guard' },
        likeMissingCover,
      ),
      condition(
        'underpass-signs-dry',
        { zh: '无雨无预警，水尺、警示灯或拦车杆失灵', en: 'Dry, no warning, depth gauge, lamp or barrier dead' },
        workingDays(2),
        { zh: '试验正常，水尺清楚', en: 'Tested and working, gauge legible' },
        proposal,
      ),
    ],
  },
]);
