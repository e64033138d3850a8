import {
  minutes,
  naturalDays,
  urgentHours,
  workingDays,
  workingHours,
} from '../../../domains/work/calendars/limit.model.ts';
import { condition, under } from '../condition.ts';
import { majors } from '../majors.ts';
import { callFirst, likeAds, likeBrokenCover, likeStalls, proposal, streetStalls } from '../sources.ts';

export const streetOrder = under(majors.streetOrder, [
  {
    code: 'street-stall',
    name: { zh: '流动摊点占道', en: 'Street stall' },
    answersTo: 'urban-enforcement',
    alsoNeeds: ['market-supervision'],
    conditions: [
      condition(
        'street-stall-in-way',
        { zh: '摊点占道，行人或车辆须绕行', en: 'Stall in the way: people or cars must go round' },
        urgentHours(2),
        {
          zh: '道路让出，垃圾带走，已告知摊主疏导点位置',
          en: 'Way free, rubbish gone, vendor told where stalls may stand',
        },
        streetStalls,
      ),
      condition(
        'street-stall-beside',
        { zh: '摊点占道，不影响通行，无固定设施', en: 'Stall on the street, nobody hindered, nothing fixed' },
        workingHours(4),
        { zh: '摊点离开或入疏导点，地面干净', en: 'Gone or moved to an allowed place, ground clean' },
        proposal,
      ),
      condition(
        'street-stall-fixed',
        { zh: '不影响通行，用棚架、箱体等长期占道', en: 'Nobody hindered, but sheds or boxes stand there permanently' },
        workingDays(5),
        { zh: '书面告知后设施拆走，地面恢复', en: 'After written notice the structures are gone, ground restored' },
        proposal,
      ),
    ],
  },
  {
    code: 'shop-overflow',
    name: { zh: '店外经营', en: 'Shop spilling onto the street' },
    answersTo: 'urban-enforcement',
    conditions: [
      condition(
        'shop-overflow-in-way',
        { zh: '货物、桌椅或作业占满人行道', en: 'Goods, tables or work take the whole pavement' },
        urgentHours(2),
        { zh: '物品收回店内，人行道畅通', en: 'Everything back inside, pavement free' },
        likeStalls,
      ),
      condition(
        'shop-overflow-beside',
        { zh: '货物、桌椅出店，行人仍能通过', en: 'Goods or tables outside, people still pass' },
        workingHours(4),
        { zh: '物品收回门线内', en: 'Everything back behind the door line' },
        proposal,
      ),
    ],
  },
  {
    code: 'illegal-parking',
    name: { zh: '车辆乱停', en: 'Illegal parking' },
    answersTo: 'traffic-police',
    alsoNeeds: ['urban-enforcement', 'property-company'],
    conditions: [
      condition(
        'illegal-parking-blocks',
        { zh: '堵住车道、出入口或公交站（不在消防通道）', en: 'Blocks a lane, exit or bus stop (not a fire passage)' },
        urgentHours(1),
        { zh: '车辆驶离，通行恢复', en: 'The car is gone, traffic moves' },
        proposal,
      ),
      condition(
        'illegal-parking-pavement',
        { zh: '不堵车行，停在人行道、盲道或绿地上', en: 'No cars blocked, but on pavement, tactile path or green' },
        workingHours(4),
        { zh: '车辆驶离，损坏处登记', en: 'The car is gone, damage noted' },
        likeBrokenCover,
      ),
      condition(
        'illegal-parking-habit',
        {
          zh: '当时车已走，同一地点一周内乱停三天及以上',
          en: 'No car now, but three days or more in a week at this place',
        },
        workingDays(10),
        {
          zh: '设施或巡查安排落实，连续三天查看无乱停',
          en: 'Posts or patrols arranged, three days seen without illegal parking',
        },
        proposal,
      ),
    ],
  },
  {
    code: 'private-lock',
    name: { zh: '私设地锁占车位', en: 'Private parking lock' },
    answersTo: 'property-company',
    alsoNeeds: ['urban-enforcement'],
    conditions: [
      condition(
        'private-lock-in-way',
        { zh: '设在通道、人行道上，妨碍通行', en: 'On a passage or pavement, in the way' },
        workingDays(2),
        { zh: '告知后拆除，地面无凸起', en: 'After notice removed, nothing sticks out' },
        proposal,
      ),
      condition(
        'private-lock-on-bay',
        { zh: '不妨碍通行，设在公共车位上', en: 'Nobody hindered, on a public bay' },
        workingDays(7),
        { zh: '告知后拆除，车位恢复公用', en: 'After notice removed, the bay is public again' },
        proposal,
      ),
    ],
  },
  {
    code: 'shared-bikes',
    name: { zh: '共享车辆乱放', en: 'Shared bikes left about' },
    answersTo: 'urban-enforcement',
    conditions: [
      condition(
        'shared-bikes-in-way',
        { zh: '堵住路口、盲道或出入口', en: 'Block a corner, tactile path or entrance' },
        workingHours(2),
        { zh: '车辆移走，通道畅通', en: 'Bikes moved, way free' },
        proposal,
      ),
      condition(
        'shared-bikes-pile',
        { zh: '不堵通道，倒伏或堆积十辆及以上', en: 'Way free, ten or more fallen or piled' },
        workingHours(4),
        { zh: '摆放整齐，多余车辆运走', en: 'In order, surplus taken away' },
        proposal,
      ),
      condition(
        'shared-bikes-broken',
        { zh: '不堵通道、不足十辆，破损弃置', en: 'Way free, fewer than ten, broken and left' },
        workingDays(3),
        { zh: '破损车辆回收', en: 'Broken bikes taken back' },
        proposal,
      ),
    ],
  },
  {
    code: 'abandoned-vehicle',
    name: { zh: '废弃车辆', en: 'Abandoned vehicle' },
    answersTo: 'traffic-police',
    alsoNeeds: ['urban-enforcement', 'property-company', 'community'],
    conditions: [
      condition(
        'abandoned-vehicle-leaking',
        { zh: '漏油、漏液或车内有易燃物', en: 'Leaking fuel or fluid, or flammables inside' },
        urgentHours(4),
        { zh: '泄漏止住，危险物移除，车况拍照留存', en: 'Leak stopped, dangerous things out, state photographed' },
        proposal,
      ),
      // Nobody's vehicle is taken without notice, evidence and a way to object.
      condition(
        'abandoned-vehicle-motor',
        { zh: '不漏油，机动车积尘瘪胎、久停不动', en: 'No leak, motor vehicle dusty, tyres flat, long unmoved' },
        naturalDays(30),
        {
          zh: '车身贴告知、查询联系车主、留足申诉期后移走，照片与文书齐全；或车主自行移走',
          en: 'Notice on it, owner sought, time to object given, then moved with photos and papers; or the owner moved it',
        },
        proposal,
        'document',
      ),
      condition(
        'abandoned-vehicle-bicycle',
        { zh: '无泄漏，自行车、电动车、三轮车破损弃置', en: 'No leak, bicycle, e-bike or tricycle broken and left' },
        naturalDays(15),
        {
          zh: '公示期满无人认领后移走，可申诉可取回',
          en: 'Unclaimed after a posted notice, then moved; can be objected to and reclaimed',
        },
        proposal,
        'document',
      ),
    ],
  },
  {
    code: 'school-gate-order',
    name: { zh: '校门口秩序', en: 'Order at the school gate' },
    answersTo: 'traffic-police',
    alsoNeeds: ['education', 'urban-enforcement', 'community'],
    conditions: [
      condition(
        'school-gate-order-lane',
        { zh: '上下学时学生被挤进行车道', en: 'Pupils pushed into the roadway at school hours' },
        workingDays(1),
        {
          zh: '下一次上下学有人护送，学生不走车道',
          en: 'At the next school run people guide them, no pupil in the road',
        },
        proposal,
      ),
      condition(
        'school-gate-order-vendors',
        { zh: '学生不入车道，摊贩围堵校门', en: 'No pupils in the road, vendors crowd the gate' },
        urgentHours(2),
        { zh: '摊贩离开校门，所售食品已抽看', en: 'Vendors away from the gate, their food looked at' },
        likeStalls,
      ),
      condition(
        'school-gate-order-jam',
        { zh: '无摊贩围堵，接送车辆堵塞十分钟以上', en: 'No vendors, cars of parents jammed over ten minutes' },
        workingDays(5),
        {
          zh: '错峰或临停方案执行，三天查看不堵',
          en: 'Staggered hours or stopping bays work, three days without a jam',
        },
        proposal,
      ),
    ],
  },
  {
    code: 'school-gate-threat',
    name: { zh: '校园周边人身威胁', en: 'Threat near a school' },
    answersTo: 'police',
    alsoNeeds: ['education'],
    urgent: true,
    conditions: [
      condition(
        'school-gate-threat-now',
        { zh: '有人持械、追打或强拉学生', en: 'Someone armed, chasing or dragging pupils' },
        minutes(5),
        {
          zh: '已报 110 并记下接警号，学校关门护住学生',
          en: 'Police called, number noted, school shut with pupils inside',
        },
        callFirst,
        'words',
      ),
      condition(
        'school-gate-threat-reported',
        {
          zh: '当时无人受威胁，学生或家长反映被索要、跟随',
          en: 'Nobody threatened now, pupils or parents tell of extortion or being followed',
        },
        urgentHours(4),
        {
          zh: '派出所接手，学校与家长知晓，放学时段有人巡查',
          en: 'Police have it, school and parents know, patrol at closing time',
        },
        proposal,
        'words',
      ),
    ],
  },
  {
    code: 'goods-on-road',
    name: { zh: '占道晾晒堆放', en: 'Drying and piling on the road' },
    answersTo: 'community',
    alsoNeeds: ['township', 'transport'],
    conditions: [
      condition(
        'goods-on-road-road',
        { zh: '公路上晒粮、堆料，车辆须绕行', en: 'Grain or material on a road, cars must go round' },
        workingHours(4),
        { zh: '路面让出，已告知可用的晒场', en: 'Road free, told which ground may be used' },
        likeBrokenCover,
      ),
      condition(
        'goods-on-road-street',
        { zh: '车辆不受影响，绿化、护栏上晾晒堆放', en: 'No cars hindered, things dried or piled on greens or rails' },
        workingDays(1),
        { zh: '物品收走，需要处有晾晒架', en: 'Taken away, a drying rack where one is needed' },
        likeAds,
      ),
    ],
  },
]);
