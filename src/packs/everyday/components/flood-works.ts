import { naturalDays, urgentHours, workingDays, workingHours } from '../../../domains/work/calendars/limit.model.ts';
import { atOnce, condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { likeBrokenCover, likeMissingCover, proposal } from '../sources.ts';

// Works that fail while water is coming have hours, the same works on a dry day have days: what counts is whether a
// warning is in force. Danger to a levee or dam itself is a matter (levee-danger), not an upkeep case.
export const floodWorks = under(majors.floodWorks, [
  {
    code: 'flood-gate',
    name: { zh: '防洪闸门', en: 'Flood-control gate' },
    answersTo: 'water-affairs',
    alsoNeeds: ['power', 'township'],
    conditions: [
      atOnce(
        condition(
          'flood-gate-stuck-warning',
          { zh: '预警生效或水位上涨，闸门启闭不了', en: 'Warning in force or water rising, gate will not move' },
          urgentHours(2),
          {
            zh: '能启闭，或已有人工启闭、封堵措施且有人守',
            en: 'It moves, or is worked by hand or blocked, and watched',
          },
          likeMissingCover,
        ),
      ),
      condition(
        'flood-gate-stuck',
        { zh: '无预警、水位平稳，闸门启闭不了', en: 'No warning, water steady, gate will not move' },
        naturalDays(3),
        { zh: '当场启闭一次正常', en: 'Opened and closed once in front of the checker' },
        proposal,
      ),
      condition(
        'flood-gate-leaking',
        { zh: '能启闭，关闭后漏水成股', en: 'Moves, but leaks in a stream when shut' },
        naturalDays(7),
        { zh: '关闭后不成股漏水', en: 'No stream when shut' },
        proposal,
      ),
      condition(
        'flood-gate-blocked',
        { zh: '能启闭、不漏水，闸前杂物淤积', en: 'Moves and holds, rubbish or silt in front' },
        workingDays(2),
        { zh: '闸前清净，水流畅通', en: 'Clear in front, water runs freely' },
        proposal,
      ),
    ],
  },
  {
    code: 'underpass-pump',
    name: { zh: '下穿通道排水泵', en: 'Underpass pump' },
    answersTo: 'drainage',
    alsoNeeds: ['power', 'traffic-police'],
    conditions: [
      condition(
        'underpass-pump-dead-rain',
        { zh: '正在下雨或有暴雨预警，有泵不能启动', en: 'Rain or a rain warning, a pump will not start' },
        urgentHours(2),
        { zh: '水泵运行或移动泵到位，积水有人盯守', en: 'Pump running or a mobile one in place, depth watched' },
        likeMissingCover,
      ),
      condition(
        'underpass-pump-dead',
        { zh: '无雨无预警，有泵不能启动', en: 'Dry, no warning, a pump will not start' },
        urgentHours(24),
        { zh: '试机正常', en: 'A test run works' },
        proposal,
      ),
      condition(
        'underpass-pump-no-backup',
        { zh: '泵能启动，备用电源不能用', en: 'Pumps start, backup power does not' },
        workingDays(3),
        { zh: '断电切换试验成功', en: 'Switch-over tested with mains off' },
        proposal,
      ),
    ],
  },
  {
    code: 'pump-station',
    name: { zh: '排涝泵站', en: 'Drainage pumping station' },
    answersTo: 'water-affairs',
    alsoNeeds: ['power', 'township'],
    conditions: [
      condition(
        'pump-station-down-warning',
        { zh: '预警生效或内涝上涨，机组开不起来', en: 'Warning in force or water rising, a pump will not start' },
        urgentHours(2),
        { zh: '机组运行，或移动泵车到位排水', en: 'Pump running, or a pump truck is draining' },
        likeMissingCover,
      ),
      condition(
        'pump-station-down',
        { zh: '无预警、水位平稳，机组开不起来', en: 'No warning, water steady, a pump will not start' },
        naturalDays(3),
        { zh: '试机正常，记录留存', en: 'A test run works and is on record' },
        proposal,
      ),
      condition(
        'pump-station-screen',
        { zh: '机组正常，拦污栅堵塞或前池淤积', en: 'Pumps work, screen clogged or forebay silted' },
        workingDays(2),
        { zh: '拦污栅清净，进水通畅', en: 'Screen clean, water comes in freely' },
        proposal,
      ),
    ],
  },
  {
    code: 'rain-grate',
    name: { zh: '雨水口', en: 'Street gully' },
    answersTo: 'drainage',
    alsoNeeds: ['sanitation'],
    conditions: [
      condition(
        'rain-grate-missing',
        { zh: '雨水篦子缺失或移开，能落进一只脚', en: 'Grating missing or moved: a foot can fall in' },
        urgentHours(2),
        { zh: '篦子盖牢', en: 'A fitting grating sits tight' },
        likeMissingCover,
      ),
      condition(
        'rain-grate-broken',
        { zh: '篦子在位但断裂', en: 'In place but broken' },
        workingHours(4),
        { zh: '篦子更换，踩压稳固', en: 'Replaced and firm' },
        likeBrokenCover,
      ),
      condition(
        'rain-grate-blocked-rain',
        { zh: '篦子完好，堵塞，正在下雨或有暴雨预警', en: 'Whole but blocked, with rain or a rain warning' },
        urgentHours(2),
        { zh: '杂物清走，积水下落', en: 'Cleared, water goes down' },
        likeMissingCover,
      ),
      condition(
        'rain-grate-blocked',
        { zh: '篦子完好，堵塞，无雨无预警', en: 'Whole but blocked, dry, no warning' },
        workingDays(2),
        { zh: '杂物、淤泥掏净', en: 'Rubbish and silt taken out' },
        proposal,
      ),
    ],
  },
  {
    code: 'open-drain',
    name: { zh: '排水沟渠', en: 'Drainage ditch' },
    answersTo: 'drainage',
    alsoNeeds: ['township'],
    conditions: [
      condition(
        'open-drain-slab',
        { zh: '沟盖板缺失断裂，能落进一只脚', en: 'Slab missing or broken: a foot can fall in' },
        urgentHours(2),
        { zh: '盖板补齐放稳', en: 'Slabs complete and steady' },
        likeMissingCover,
      ),
      condition(
        'open-drain-collapsed',
        { zh: '盖板完好，沟壁垮塌堵水', en: 'Slabs sound, wall fallen in and blocking' },
        naturalDays(3),
        { zh: '沟壁修复，水流畅通', en: 'Wall repaired, water runs' },
        proposal,
      ),
      condition(
        'open-drain-silted',
        { zh: '盖板、沟壁完好，淤积超过沟深三分之一', en: 'Slabs and wall sound, silted over a third of its depth' },
        workingDays(5),
        { zh: '淤泥清到沟底并运走', en: 'Cleared to the bottom, silt taken away' },
        proposal,
      ),
    ],
  },
  {
    code: 'levee',
    name: { zh: '堤防', en: 'Levee' },
    answersTo: 'water-affairs',
    alsoNeeds: ['township', 'animal-health'],
    conditions: [
      condition(
        'levee-burrow',
        { zh: '堤身有白蚁巢、獾狐洞穴', en: 'Termite nest or animal burrow in the embankment' },
        naturalDays(7),
        { zh: '洞穴挖开回填夯实，位置登记', en: 'Opened, refilled and rammed, place on record' },
        proposal,
      ),
      condition(
        'levee-misused',
        { zh: '无洞穴，堤上挖土、种植或堆物', en: 'No burrow, dug into, planted or piled on' },
        naturalDays(5),
        { zh: '行为停止，堤面恢复', en: 'It has stopped, surface restored' },
        proposal,
      ),
      condition(
        'levee-worn',
        { zh: '无洞穴和占用，雨淋沟或护坡石松脱', en: 'No burrow or misuse, rain gullies or loose facing' },
        naturalDays(10),
        { zh: '雨淋沟填平，护坡补齐', en: 'Gullies filled, facing complete' },
        proposal,
      ),
    ],
  },
  {
    code: 'pond-dam',
    name: { zh: '山塘与小水库坝', en: 'Dam of a pond or small reservoir' },
    answersTo: 'water-affairs',
    alsoNeeds: ['township'],
    conditions: [
      condition(
        'pond-dam-spillway-warning',
        { zh: '溢洪道堵塞，预警生效或库水上涨', en: 'Spillway blocked, warning in force or water rising' },
        urgentHours(4),
        { zh: '溢洪道清通，责任人在坝', en: 'Spillway clear, the responsible person is at the dam' },
        proposal,
      ),
      condition(
        'pond-dam-spillway',
        { zh: '溢洪道堵塞，无预警、水位平稳', en: 'Spillway blocked, no warning, water steady' },
        naturalDays(3),
        { zh: '溢洪道清通，无拦网围堰', en: 'Spillway clear, no nets or sills in it' },
        proposal,
      ),
      condition(
        'pond-dam-overgrown',
        { zh: '溢洪道畅通，坝坡灌木遮挡，看不清渗漏', en: 'Spillway clear, scrub hides seepage on the slope' },
        naturalDays(10),
        { zh: '灌木清除，坝坡一眼看清', en: 'Scrub cut, the slope can be seen' },
        proposal,
      ),
      condition(
        'pond-dam-sign',
        {
          zh: '溢洪道、坝坡正常，责任牌缺失或电话打不通',
          en: 'Spillway and slope fine, duty sign missing or phone number dead',
        },
        workingDays(3),
        { zh: '责任牌更新，电话当场拨通', en: 'Sign renewed, the number answers' },
        proposal,
      ),
    ],
  },
  {
    code: 'water-gauge',
    name: { zh: '水尺与雨量站', en: 'Water gauge and rain gauge' },
    answersTo: 'water-affairs',
    conditions: [
      condition(
        'water-gauge-blind-warning',
        { zh: '预警生效，读数中断或看不清', en: 'Warning in force, no reading or illegible' },
        urgentHours(4),
        { zh: '读数恢复；恢复前有人定时报数', en: 'Readings back; until then someone read it at fixed hours' },
        proposal,
      ),
      condition(
        'water-gauge-blind',
        { zh: '无预警，读数中断或看不清', en: 'No warning, no reading or illegible' },
        workingDays(3),
        { zh: '读数恢复，与人工读数一致', en: 'Readings back and agree with a manual reading' },
        proposal,
      ),
    ],
  },
  {
    code: 'basement-barrier',
    name: { zh: '地下空间防水挡板', en: 'Basement flood barrier' },
    answersTo: 'property-company',
    alsoNeeds: ['civil-defence', 'housing'],
    conditions: [
      condition(
        'basement-barrier-missing-warning',
        { zh: '暴雨预警生效，挡板沙袋不到位', en: 'Rain warning in force, boards or sandbags not in place' },
        urgentHours(2),
        { zh: '挡板沙袋放好，水泵试机正常', en: 'Boards and bags in place, pump tested' },
        likeMissingCover,
      ),
      condition(
        'basement-barrier-missing',
        { zh: '无预警，挡板缺失损坏或水泵不转', en: 'No warning, boards missing or broken or pump dead' },
        naturalDays(5),
        { zh: '挡板齐全，水泵试机正常', en: 'Boards complete, pump tested' },
        proposal,
      ),
    ],
  },
]);
